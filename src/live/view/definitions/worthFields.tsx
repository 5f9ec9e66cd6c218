import type { JSX } from 'preact'
import type { Outcome } from '../../../model/definition.ts'
import { toAttributeName } from '../../../model/journeyKeys.ts'
import type { DraftContent } from '../../definitions/draft.ts'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'

interface WorthFieldsProps extends Refusal {
  content: DraftContent
  onChange: (content: DraftContent) => void
}

type ValueField = NonNullable<Outcome['associatedValueField']>

const typeWords: Record<ValueField['dataType'], string> = { Number: 'A number, e.g. 49.9', Integer: 'A whole number' }

/** Which attribute tells how much an outcome is worth: none where nothing is written. */
export const WorthFields = ({ content, problem, onChange }: WorthFieldsProps): JSX.Element => {
  const { associatedValueField: field, ...rest } = content
  const name = toAttributeName(field?.name ?? '') ?? ''
  const change = (attribute: string, dataType: ValueField['dataType']): void =>
    onChange(attribute ? { ...rest, associatedValueField: { dataType, name: `attributes.${attribute}.value` } } : rest)
  return (
    <div class="link-fields">
      <FieldFrame path="associatedValueField.name" label="Attribute that tells its worth" hint="Of the event that achieves it, e.g. total." problem={problem}>
        {ties => (
          <input {...ties} class="field" autocomplete="off" autocapitalize="off" spellcheck={false} value={name} onInput={event => change(event.currentTarget.value, field?.dataType ?? 'Number')} />
        )}
      </FieldFrame>
      {field && (
        <FieldFrame path="associatedValueField.dataType" label="Its worth is" problem={problem}>
          {ties => <Choice {...ties} words={typeWords} value={field.dataType} onChange={dataType => change(name, dataType)} />}
        </FieldFrame>
      )}
    </div>
  )
}
