import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { countHolders } from '../../definitions/countHolders.ts'
import type { ChangeState } from '../../definitions/definitions.ts'
import { haveSameRows, isChanged, newDraft, toDraft, type DefinitionKind, type Draft } from '../../definitions/draft.ts'
import type { ViewProps } from '../app.tsx'
import { LoadFailed, Loading } from '../loading.tsx'
import { useFocusOnChange } from '../useFocusOnChange.ts'
import { DefinitionEditor } from './definitionEditor.tsx'
import { DefinitionTable } from './definitionTable.tsx'

const kinds: DefinitionKind[] = ['segments', 'outcomes']

/** What became of a change that was made in the list. */
const ChangeNotice = ({ change, onReload }: { change: ChangeState | undefined; onReload: () => void }): JSX.Element => (
  <>
    {change?.phase === 'stale' && (
      <div class="notice notice-bad" role="alert">
        <p>Nothing was changed: somebody else has changed the list in the meantime.</p>
        <button class="button button-small" type="button" onClick={onReload}>
          Load the list anew
        </button>
      </div>
    )}
    {change?.phase === 'refused' && (
      <p class="notice notice-bad" role="alert">
        Nothing was changed. {change.problem.message}
      </p>
    )}
    <p class={change?.phase === 'saved' ? 'notice' : 'visually-hidden'} role="status">
      {change?.phase === 'saved' && `${change.message} It holds at once: each session is evaluated again when its next event comes.`}
    </p>
  </>
)

/** Focus goes where the page goes on: the button that was pressed is gone with its row. */
const focusMain = (): void => document.getElementById('main')?.focus({ preventScroll: true })

/** Segments and outcomes: what there is, who has it, and a form to write them. */
export const DefinitionsView = ({ state, actions: { definitions: actions, mayLeave } }: ViewProps): JSX.Element => {
  const { phase, lists, message, change } = state.definitions
  const [draft, setDraft] = useState<Draft>()
  const [begun, setBegun] = useState<Draft>()
  useEffect(() => actions.forgetChange, [])
  useEffect(() => () => actions.noteDraft(false), [])
  useEffect(() => {
    if (change?.phase === 'saved') setDraft(undefined)
  }, [change])
  useFocusOnChange('main', draft ? `${draft.kind} ${draft.base?.id ?? ''}` : '')
  const begin = (next: Draft | undefined): void => {
    actions.forgetChange()
    actions.noteDraft(false)
    setBegun(next)
    setDraft(next)
  }
  const cancel = (): void => {
    if (mayLeave()) begin(undefined)
  }
  const failed = phase === 'failed' && <LoadFailed message={message ?? ''} onRetry={actions.open} />
  if (draft && lists) {
    const { kind, base, content } = draft
    const current = lists[kind].entities.find(({ id }) => id === base?.id)
    const write = (next: Draft): void => {
      if (change?.phase === 'refused' && !haveSameRows(draft, next)) actions.forgetChange()
      // What the collector has now is begun anew.
      const first = next.base === base && begun ? begun : next
      setBegun(first)
      actions.noteDraft(isChanged(next, first))
      setDraft(next)
    }
    const save = (): void => actions.change(kind, { type: 'written', id: base?.id, content })
    return (
      <>
        <div class="heading">
          <h1>Segments and outcomes</h1>
        </div>
        {failed}
        <DefinitionEditor draft={draft} current={current} change={change} onChange={write} onSave={save} onCancel={cancel} onReload={actions.open} />
      </>
    )
  }
  return (
    <>
      <div class="heading">
        <h1>Segments and outcomes</h1>
      </div>
      {failed}
      {phase === 'loading' && !lists && <Loading what="segments and outcomes" />}
      <ChangeNotice change={change} onReload={actions.open} />
      {lists &&
        kinds.map(kind => (
          <DefinitionTable
            key={kind}
            kind={kind}
            list={lists[kind]}
            holders={countHolders(state, kind)}
            isBusy={change?.phase === 'saving'}
            onNew={() => begin(newDraft(kind))}
            onEdit={definition => begin(toDraft(kind, definition))}
            onActivate={({ id }, isActive) => actions.change(kind, { type: 'activated', id, isActive })}
            onDelete={({ id }) => {
              focusMain()
              actions.change(kind, { type: 'deleted', id })
            }}
          />
        ))}
      {lists && (
        <p class="link-hint definitions-hint">
          Counted are the sessions that this page has at hand: those on the site now, and the ended ones that were listed. Sessions in which nothing happens any more stay as they are; stop the
          collector and run <code>sojourn rebuild</code> to evaluate all stored events again.
        </p>
      )}
    </>
  )
}
