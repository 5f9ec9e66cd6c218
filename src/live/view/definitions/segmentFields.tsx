import type { JSX } from 'preact'
import type { JourneySegment } from '../../../model/definition.ts'
import type { DraftContent } from '../../definitions/draft.ts'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'

interface SegmentFieldsProps extends Refusal {
  content: DraftContent
  onChange: (content: DraftContent) => void
}

type ExternalSegment = NonNullable<JourneySegment['externalSegment']>

const systemWords: Record<ExternalSegment['source'], string> = { Custom: 'One of your own', AdobeExperiencePlatform: 'Adobe Experience Platform' }

const nowhere: ExternalSegment = { id: '', name: '', source: 'Custom' }

/** Colour that the collector gives where nobody says one. */
const usualColor = '#4c6a92'

/** The same group in another system: none where nothing is written of it. */
const ExternalFields = ({ content, problem, onChange }: SegmentFieldsProps): JSX.Element => {
  const { externalSegment = nowhere, ...rest } = content
  const change = (changed: Partial<ExternalSegment>): void => {
    const next = { ...externalSegment, ...changed }
    onChange(next.id || next.name ? { ...rest, externalSegment: next } : rest)
  }
  return (
    <div class="link-fields">
      <FieldFrame path="externalSegment.id" label="Id in another system" hint="Where the same group is known elsewhere." problem={problem}>
        {ties => <input {...ties} class="field" autocomplete="off" spellcheck={false} value={externalSegment.id} onInput={event => change({ id: event.currentTarget.value })} />}
      </FieldFrame>
      <FieldFrame path="externalSegment.name" label="Name there" problem={problem}>
        {ties => <input {...ties} class="field" autocomplete="off" value={externalSegment.name} onInput={event => change({ name: event.currentTarget.value })} />}
      </FieldFrame>
      {content.externalSegment && (
        <FieldFrame path="externalSegment.source" label="System" problem={problem}>
          {ties => <Choice {...ties} words={systemWords} value={externalSegment.source} onChange={source => change({ source })} />}
        </FieldFrame>
      )}
    </div>
  )
}

/** What is said of a segment for those who read it elsewhere. */
export const SegmentFields = ({ content, problem, onChange }: SegmentFieldsProps): JSX.Element => (
  <>
    <div class="link-fields">
      <FieldFrame path="color" label="Colour" problem={problem}>
        {ties => <input {...ties} class="field field-color" type="color" value={content.color ?? usualColor} onInput={event => onChange({ ...content, color: event.currentTarget.value })} />}
      </FieldFrame>
    </div>
    <ExternalFields content={content} problem={problem} onChange={onChange} />
    <label class="check">
      <input type="checkbox" checked={content.shouldDisplayToAgent ?? true} onChange={event => onChange({ ...content, shouldDisplayToAgent: event.currentTarget.checked })} />
      For agents to see: programs that read segments may show it to them
    </label>
  </>
)
