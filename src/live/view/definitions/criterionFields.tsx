import type { ComponentChildren, JSX } from 'preact'
import { useRef } from 'preact/hooks'
import type { Criteria } from '../../../model/criteria.ts'
import { operatorWords } from '../../definitions/conditionWords.ts'
import { Choice } from './choice.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'
import { RemoveButton } from './removeButton.tsx'

interface CriterionFieldsProps<C extends Criteria> extends Refusal {
  /** Where it stands in the definition. */
  path: string
  /** What it is called, e.g. `condition 2`. */
  name: string
  criterion: C
  onChange: (criterion: C) => void
  onRemove: () => void
  /** What it is about. */
  children: ComponentChildren
}

const toValues = (text: string): string[] => text.split('\n').filter(Boolean)

/** What stands in the field stays as it is typed, empty lines and all, as long as it says the same. */
const toText = (values: readonly string[], typed: string | undefined): string => {
  const isSaid = typed !== undefined && JSON.stringify(toValues(typed)) === JSON.stringify(values)
  return isSaid ? typed : values.join('\n')
}

/** One condition: what it is about, how that is compared, and with what. */
export const CriterionFields = <C extends Criteria>({ path, name, criterion, problem, onChange, onRemove, children }: CriterionFieldsProps<C>): JSX.Element => {
  const field = useRef<HTMLTextAreaElement>(null)
  const { operator, values, shouldIgnoreCase } = criterion
  return (
    <div class="condition" role="group" aria-label={name}>
      {children}
      <FieldFrame path={`${path}.operator`} label="Compared by" problem={problem}>
        {ties => <Choice {...ties} words={operatorWords} value={operator} onChange={chosen => onChange({ ...criterion, operator: chosen })} />}
      </FieldFrame>
      <FieldFrame path={`${path}.values`} label="Values" hint="One a line." problem={problem}>
        {ties => (
          <textarea
            {...ties}
            ref={field}
            class="field"
            rows={Math.min(8, Math.max(1, values.length))}
            spellcheck={false}
            autocapitalize="off"
            value={toText(values, field.current?.value)}
            onInput={event => onChange({ ...criterion, values: toValues(event.currentTarget.value) })}
          />
        )}
      </FieldFrame>
      <div class="condition-end">
        <label class="check">
          <input type="checkbox" checked={shouldIgnoreCase} onChange={event => onChange({ ...criterion, shouldIgnoreCase: event.currentTarget.checked })} />
          Upper case or lower, all the same
        </label>
        <RemoveButton what={name} onRemove={onRemove} />
      </div>
    </div>
  )
}
