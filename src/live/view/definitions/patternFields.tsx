import type { JSX } from 'preact'
import type { Criteria } from '../../../model/criteria.ts'
import type { JourneyPattern } from '../../../model/definition.ts'
import { CriterionFields } from './criterionFields.tsx'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'
import { JourneyKeyFields } from './journeyKeyFields.tsx'
import { RemoveButton } from './removeButton.tsx'

interface PatternFieldsProps extends Refusal {
  /** Where it stands in the definition. */
  path: string
  /** What it is called, e.g. `event 2`. */
  name: string
  pattern: JourneyPattern
  onChange: (pattern: JourneyPattern) => void
  onRemove: () => void
}

const streamWords: Record<JourneyPattern['streamType'], string> = {
  Web: 'Pageviews and own events',
  App: 'Screenviews and own events',
  Custom: 'Own events',
  Conversation: 'All of them',
}

const newCriterion: Criteria = { key: 'page.pathname', operator: 'startsWith', values: [], shouldIgnoreCase: false }

const EventFields = ({ path, pattern, problem, onChange }: Omit<PatternFieldsProps, 'name' | 'onRemove'>): JSX.Element => {
  const { eventName = '', count, sessionType, streamType } = pattern
  const rename = (name: string): void => {
    const { eventName: _before, ...unnamed } = pattern
    onChange(name ? { ...unnamed, eventName: name } : unnamed)
  }
  return (
    <div class="link-fields">
      <FieldFrame path={`${path}.eventName`} label="Event name" hint="Your own, or pageview or screenview. Empty: any." problem={problem}>
        {ties => <input {...ties} class="field" autocomplete="off" autocapitalize="off" spellcheck={false} value={eventName} onInput={event => rename(event.currentTarget.value)} />}
      </FieldFrame>
      <FieldFrame path={`${path}.count`} label="How often" problem={problem}>
        {ties => (
          <input {...ties} class="field" type="number" min={1} max={100} value={Number.isNaN(count) ? '' : count} onInput={event => onChange({ ...pattern, count: event.currentTarget.valueAsNumber })} />
        )}
      </FieldFrame>
      <FieldFrame path={`${path}.streamType`} label="Looked for among" problem={problem}>
        {ties => <Choice {...ties} words={streamWords} value={streamType} onChange={chosen => onChange({ ...pattern, streamType: chosen })} />}
      </FieldFrame>
      <FieldFrame path={`${path}.sessionType`} label="Of sessions of the type" hint="web, app, or one of your own." problem={problem}>
        {ties => <input {...ties} class="field" autocomplete="off" autocapitalize="off" spellcheck={false} value={sessionType} onInput={event => onChange({ ...pattern, sessionType: event.currentTarget.value })} />}
      </FieldFrame>
    </div>
  )
}

/** An event that has to happen, so many times, each time with all of its conditions. */
export const PatternFields = ({ path, name, pattern, problem, onChange, onRemove }: PatternFieldsProps): JSX.Element => {
  const { criteria } = pattern
  const replace = (i: number, by: Criteria[]): void => onChange({ ...pattern, criteria: criteria.toSpliced(i, 1, ...by) })
  return (
    <div class="pattern" role="group" aria-label={name}>
      <EventFields path={path} pattern={pattern} problem={problem} onChange={onChange} />
      <div class="conditions">
        {criteria.map((criterion, i) => {
          const at = `${path}.criteria[${i}]`
          return (
            <CriterionFields key={at} path={at} name={`condition ${i + 1} of ${name}`} criterion={criterion} problem={problem} onChange={changed => replace(i, [changed])} onRemove={() => replace(i, [])}>
              <JourneyKeyFields path={at} value={criterion.key} problem={problem} onChange={key => replace(i, [{ ...criterion, key }])} />
            </CriterionFields>
          )
        })}
        <button class="button button-small conditions-add" type="button" onClick={() => onChange({ ...pattern, criteria: [...criteria, newCriterion] })}>
          Add a condition to this event
        </button>
      </div>
      <div class="pattern-end">
        <RemoveButton what={name} onRemove={onRemove} />
      </div>
    </div>
  )
}
