import { ApiError, toMessage } from '../apiError.ts'
import type { LoaderContext } from '../loaderContext.ts'
import { toChangedList, type DefinitionChange } from './definitionChange.ts'
import { toDefinitionProblem } from './definitionProblem.ts'
import type { ChangeState } from './definitions.ts'
import type { DefinitionKind } from './draft.ts'

/** Loads segments and outcomes, and changes them. */
export interface DefinitionLoader {
  /** Loads both lists, anew where they are here already. */
  open(): void
  /** Changes a list, unless somebody else has changed it since it was loaded. */
  change(kind: DefinitionKind, change: DefinitionChange): void
  /** What became of the last change has been seen. */
  forgetChange(): void
  /** Whether something is typed that is not saved. */
  noteDraft(isUnsaved: boolean): void
}

const toOutcome = (error: unknown, index: number): ChangeState => {
  if (!(error instanceof ApiError)) return { phase: 'refused', problem: { path: '', message: toMessage(error) } }
  if (error.status === 412) return { phase: 'stale' }
  const { status, detail, message } = error
  return { phase: 'refused', problem: status === 400 && detail !== undefined ? toDefinitionProblem(detail, index) : { path: '', message } }
}

const done: Record<DefinitionChange['type'], string> = { written: 'Saved.', activated: 'Saved.', deleted: 'Deleted.' }

/** Creates the loader. */
export const createDefinitionLoader = ({ api, store }: LoaderContext): DefinitionLoader => {
  const { dispatch } = store
  let asked = 0

  const load = async (): Promise<void> => {
    const number = ++asked
    dispatch({ type: 'definitionsLoading' })
    try {
      const [segments, outcomes] = await Promise.all([api.definitions('segments'), api.definitions('outcomes')])
      if (number === asked) dispatch({ type: 'definitionsLoaded', lists: { segments, outcomes } })
    } catch (error) {
      if (number === asked) dispatch({ type: 'definitionsFailed', message: toMessage(error) })
    }
  }

  const put = async (kind: DefinitionKind, change: DefinitionChange): Promise<void> => {
    const { lists, change: before } = store.get().definitions
    if (!lists || before?.phase === 'saving') return
    const { entities, index } = toChangedList(lists[kind].entities, change)
    dispatch({ type: 'definitionChange', change: { phase: 'saving' } })
    try {
      dispatch({ type: 'definitionSaved', kind, list: await api.putDefinitions(kind, entities, lists[kind].tag), message: done[change.type] })
      // What was asked for before may not know of the change.
      if (store.get().definitions.phase === 'loading') void load()
    } catch (error) {
      dispatch({ type: 'definitionChange', change: toOutcome(error, index) })
    }
  }

  return {
    open: () => void load(),
    change: (kind, change) => void put(kind, change),
    noteDraft: isUnsaved => dispatch({ type: 'definitionDraft', isUnsaved }),
    forgetChange: () => dispatch({ type: 'definitionChange' }),
  }
}
