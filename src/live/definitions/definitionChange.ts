import type { DraftContent, ListedDefinition } from './draft.ts'

/** A change of one list. */
export type DefinitionChange =
  | { type: 'written'; id: string | undefined; content: DraftContent }
  | { type: 'activated'; id: string; isActive: boolean }
  | { type: 'deleted'; id: string }

/** The list to put, and the place of what was written in it; -1 where nothing was. */
export interface ChangedList {
  entities: (ListedDefinition | DraftContent)[]
  index: number
}

/** Makes the changed list. What was written of a definition that somebody else has deleted is added again. */
export const toChangedList = (known: readonly ListedDefinition[], change: DefinitionChange): ChangedList => {
  const index = known.findIndex(({ id }) => id === change.id)
  switch (change.type) {
    case 'written':
      return index < 0 ? { entities: [...known, change.content], index: known.length } : { entities: known.map((each, i) => (i === index ? change.content : each)), index }
    case 'activated':
      return { entities: known.map(each => (each.id === change.id ? { ...each, isActive: change.isActive } : each)), index }
    case 'deleted':
      return { entities: known.filter(({ id }) => id !== change.id), index: -1 }
  }
}
