import type { JSX, TargetedSubmitEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ChangeState } from '../../definitions/definitions.ts'
import { toDraft, type Draft, type DraftContent, type ListedDefinition } from '../../definitions/draft.ts'
import { AboutFields } from './aboutFields.tsx'
import { ContextFields } from './contextFields.tsx'
import { JourneyFields } from './journeyFields.tsx'

interface DefinitionEditorProps {
  draft: Draft
  /** What the collector has under the same id; absent where nothing is, or nothing any more. */
  current: ListedDefinition | undefined
  change: ChangeState | undefined
  onChange: (draft: Draft) => void
  onSave: () => void
  onCancel: () => void
  /** Loads the lists anew. */
  onReload: () => void
}

const one = { segments: 'segment', outcomes: 'outcome' } as const

type Told = Pick<DefinitionEditorProps, 'change' | 'onReload'>

/** Why it is not saved, where no field is to blame. */
const NotSaved = ({ change, onReload }: Told): JSX.Element => (
  <>
    {change?.phase === 'refused' && (
      <p class="notice notice-bad" role="alert">
        Not saved. {change.problem.path ? 'See what is said at the field.' : change.problem.message}
      </p>
    )}
    {change?.phase === 'stale' && (
      <div class="notice notice-bad" role="alert">
        <p>Not saved: somebody else has changed the list in the meantime. Load it anew; what you have typed stays.</p>
        <button class="button button-small" type="button" onClick={onReload}>
          Load the list anew
        </button>
      </div>
    )}
    {change?.phase === 'reloaded' && (
      <p class="notice" role="status">
        The list is loaded anew, and what you have typed is still here. Save once more.
      </p>
    )}
  </>
)

/** What somebody else did to the definition itself since it was opened. */
const Overtaken = ({ draft, current, onChange }: Pick<DefinitionEditorProps, 'draft' | 'current' | 'onChange'>): JSX.Element => {
  const { base, kind } = draft
  if (!base || current?.version === base.version) return <></>
  if (!current) {
    return (
      <p class="notice" role="status">
        This {one[kind]} has been deleted in the meantime. Saving it brings it back.
      </p>
    )
  }
  return (
    <div class="notice notice-choice" role="status">
      <p>This {one[kind]} has been changed in the meantime. Saving replaces what it says now.</p>
      <button class="button button-small" type="button" onClick={() => onChange(toDraft(kind, current))}>
        Take what it says now
      </button>
    </div>
  )
}

/** A segment or an outcome while it is written. */
export const DefinitionEditor = ({ draft, current, change, onChange, onSave, onCancel, onReload }: DefinitionEditorProps): JSX.Element => {
  const form = useRef<HTMLFormElement>(null)
  const { kind, base, content } = draft
  const problem = change?.phase === 'refused' ? change.problem : undefined
  const isSaving = change?.phase === 'saving'
  useEffect(() => {
    const first = problem ? '[aria-invalid=true]' : change?.phase === 'reloaded' ? '[type=submit]' : undefined
    if (first) form.current?.querySelector<HTMLElement>(first)?.focus()
  }, [change])
  const write = (changed: Partial<DraftContent>): void => onChange({ ...draft, content: { ...content, ...changed } })
  const submit = (event: TargetedSubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    onSave()
  }
  return (
    <form ref={form} class="panel definition-editor" aria-labelledby="definition-title" noValidate onSubmit={submit}>
      <h2 id="definition-title">{base ? `Edit the ${one[kind]} ${base.id}` : `New ${one[kind]}`}</h2>
      <AboutFields draft={draft} problem={problem} onChange={changed => onChange({ ...draft, content: changed })} />
      <div>
        <h3>What it waits for</h3>
        <p class="link-hint">All of it has to hold. Without any condition nobody has it.</p>
      </div>
      <ContextFields patterns={content.context.patterns} problem={problem} onChange={patterns => write({ context: { ...content.context, patterns } })} />
      <JourneyFields patterns={content.journey.patterns} problem={problem} onChange={patterns => write({ journey: { ...content.journey, patterns } })} />
      <div class="definition-save">
        <NotSaved change={change} onReload={onReload} />
        <Overtaken draft={draft} current={current} onChange={onChange} />
        <button class="button button-main" type="submit" disabled={isSaving}>
          {isSaving ? 'Saving…' : 'Save'}
        </button>{' '}
        <button class="button" type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
