import type { DefinitionProblem } from './definitionProblem.ts'
import type { DefinitionKind, ListedDefinition } from './draft.ts'

/** A list as the collector has it. */
export interface DefinitionList {
  entities: ListedDefinition[]
  source: 'configuration' | 'api'
  /** `ETag` of the list. */
  tag: string
}

/** What became of the last change. `stale`: the list is another by now, so nothing was changed; `reloaded`: it was loaded after that. */
export type ChangeState = { phase: 'saving' | 'stale' | 'reloaded' } | { phase: 'saved'; message: string } | { phase: 'refused'; problem: DefinitionProblem }

/** Everything that the page about segments and outcomes shows. */
export interface Definitions {
  phase: 'idle' | 'loading' | 'ready' | 'failed'
  message?: string
  lists?: Record<DefinitionKind, DefinitionList>
  change?: ChangeState
  /** Something is typed in the form that is not saved. */
  isUnsaved?: boolean
}

/** What happens there. */
export type DefinitionAction =
  | { type: 'definitionsLoading' }
  | { type: 'definitionsLoaded'; lists: Record<DefinitionKind, DefinitionList> }
  | { type: 'definitionsFailed'; message: string }
  | { type: 'definitionSaved'; kind: DefinitionKind; list: DefinitionList; message: string }
  | { type: 'definitionChange'; change?: ChangeState }
  | { type: 'definitionDraft'; isUnsaved: boolean }

/** Before anything is asked for. */
export const noDefinitions: Definitions = { phase: 'idle' }

/** What is being saved still is; what became of a change before has been seen. */
const toChangeAfterLoading = ({ change }: Definitions): Pick<Definitions, 'change'> => {
  if (change?.phase === 'saving') return { change }
  return change?.phase === 'stale' ? { change: { phase: 'reloaded' } } : {}
}

/** Folds what happens to the page about segments and outcomes. */
export const reduceDefinitions = (state: Definitions, action: DefinitionAction): Definitions => {
  const { message: _message, change: _change, ...rest } = state
  switch (action.type) {
    case 'definitionsLoading':
      return { ...state, phase: 'loading' }
    case 'definitionsLoaded':
      return { phase: 'ready', lists: action.lists, ...(state.isUnsaved && { isUnsaved: true }), ...toChangeAfterLoading(state) }
    case 'definitionsFailed':
      return { ...state, phase: 'failed', message: action.message }
    case 'definitionSaved':
      return { ...rest, isUnsaved: false, ...(state.lists && { lists: { ...state.lists, [action.kind]: action.list } }), change: { phase: 'saved', message: action.message } }
    case 'definitionChange':
      return { ...rest, ...(action.change && { change: action.change }) }
    case 'definitionDraft':
      return { ...state, isUnsaved: action.isUnsaved }
  }
}
