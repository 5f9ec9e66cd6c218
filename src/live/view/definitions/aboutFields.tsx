import type { JSX } from 'preact'
import { usualExpirationDays } from '../../../model/definition.ts'
import type { Draft, DraftContent } from '../../definitions/draft.ts'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'
import { SegmentFields } from './segmentFields.tsx'
import { WorthFields } from './worthFields.tsx'

interface AboutFieldsProps extends Refusal {
  draft: Draft
  onChange: (content: DraftContent) => void
}

const scopeWords = { Session: 'Session: ends with the visit', Customer: 'Customer: also in later visits' } as const
const outcomeWords = { wanted: 'Wanted', unwanted: 'Unwanted' } as const

const DaysField = ({ content, problem, onChange }: { content: DraftContent } & Pick<AboutFieldsProps, 'problem' | 'onChange'>): JSX.Element => {
  const { assignmentExpirationDays: days, ...rest } = content
  const change = (text: string): void => onChange(text === '' ? rest : { ...rest, assignmentExpirationDays: Number(text) })
  return (
    <FieldFrame path="assignmentExpirationDays" label="Days it lasts" hint={`${usualExpirationDays} where you do not say.`} problem={problem}>
      {ties => <input {...ties} class="field" type="number" min={0} value={days ?? ''} onInput={event => change(event.currentTarget.value)} />}
    </FieldFrame>
  )
}

const KindField = ({ draft: { kind, content }, problem, onChange }: AboutFieldsProps): JSX.Element => (
  <FieldFrame path={kind === 'segments' ? 'scope' : 'isPositive'} label="Kind" problem={problem}>
    {ties =>
      kind === 'segments' ? (
        <Choice {...ties} words={scopeWords} value={content.scope ?? 'Session'} onChange={scope => onChange({ ...content, scope })} />
      ) : (
        <Choice {...ties} words={outcomeWords} value={content.isPositive === false ? 'unwanted' : 'wanted'} onChange={word => onChange({ ...content, isPositive: word === 'wanted' })} />
      )
    }
  </FieldFrame>
)

/** What a definition is called, of which kind it is, and whether it is looked for. */
export const AboutFields = ({ draft, problem, onChange }: AboutFieldsProps): JSX.Element => {
  const { kind, content } = draft
  return (
    <>
      <div class="link-fields">
        <FieldFrame path="displayName" label="Name" problem={problem}>
          {ties => <input {...ties} class="field" autocomplete="off" value={content.displayName} onInput={event => onChange({ ...content, displayName: event.currentTarget.value })} />}
        </FieldFrame>
        <KindField draft={draft} problem={problem} onChange={onChange} />
        {kind === 'segments' && (content.scope === 'Customer' || content.assignmentExpirationDays !== undefined) && <DaysField content={content} problem={problem} onChange={onChange} />}
      </div>
      <FieldFrame path="description" label="Description" problem={problem}>
        {ties => <textarea {...ties} class="field" rows={2} value={content.description ?? ''} onInput={event => onChange({ ...content, description: event.currentTarget.value })} />}
      </FieldFrame>
      {kind === 'segments' ? <SegmentFields content={content} problem={problem} onChange={onChange} /> : <WorthFields content={content} problem={problem} onChange={onChange} />}
      <label class="check">
        <input type="checkbox" checked={content.isActive} onChange={event => onChange({ ...content, isActive: event.currentTarget.checked })} />
        Active: looked for in every session
      </label>
    </>
  )
}
