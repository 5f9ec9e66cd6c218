import type { JSX } from 'preact'
import type { ContextPattern, EntityTypeCriteria } from '../../../model/definition.ts'
import { contextWords } from '../../definitions/conditionWords.ts'
import { Choice } from './choice.tsx'
import { CriterionFields } from './criterionFields.tsx'
import { FieldFrame, type Refusal } from './fieldFrame.tsx'

interface ContextFieldsProps extends Refusal {
  patterns: ContextPattern[]
  onChange: (patterns: ContextPattern[]) => void
}

const newCriterion: EntityTypeCriteria = { key: 'mktCampaign.source', operator: 'equal', values: [], shouldIgnoreCase: true, entityType: 'visit' }

/** A condition and its place. All conditions have to hold, so patterns are no more than a way to write them down. */
interface Placed {
  criterion: EntityTypeCriteria
  at: number
  i: number
}

/** Conditions about the session. */
export const ContextFields = ({ patterns, problem, onChange }: ContextFieldsProps): JSX.Element => {
  const placed = patterns.flatMap(({ criteria }, at) => criteria.map((criterion, i): Placed => ({ criterion, at, i })))
  const replace = ({ at, i }: Placed, by: EntityTypeCriteria[]): void =>
    onChange(patterns.map((pattern, j) => (j === at ? { ...pattern, criteria: pattern.criteria.toSpliced(i, 1, ...by) } : pattern)).filter(({ criteria }) => criteria.length))
  return (
    <fieldset class="conditions">
      <legend>About the visit</legend>
      {placed.map((place, number) => {
        const { criterion, at, i } = place
        const path = `context.patterns[${at}].criteria[${i}]`
        const name = `condition ${number + 1} about the visit`
        return (
          <CriterionFields key={path} path={path} name={name} criterion={criterion} problem={problem} onChange={changed => replace(place, [changed])} onRemove={() => replace(place, [])}>
            <FieldFrame path={`${path}.key`} label="What" problem={problem}>
              {ties => <Choice {...ties} words={contextWords} value={criterion.key} onChange={key => replace(place, [{ ...criterion, key }])} />}
            </FieldFrame>
          </CriterionFields>
        )
      })}
      <button class="button button-small conditions-add" type="button" onClick={() => onChange([...patterns, { criteria: [newCriterion] }])}>
        Add a condition about the visit
      </button>
    </fieldset>
  )
}
