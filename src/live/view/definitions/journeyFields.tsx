import type { JSX } from 'preact'
import type { JourneyPattern } from '../../../model/definition.ts'
import { FieldProblem, type Refusal } from './fieldFrame.tsx'
import { PatternFields } from './patternFields.tsx'

interface JourneyFieldsProps extends Refusal {
  patterns: JourneyPattern[]
  onChange: (patterns: JourneyPattern[]) => void
}

const newPattern: JourneyPattern = { eventName: 'pageview', criteria: [], count: 1, streamType: 'Web', sessionType: 'web' }

/** Events that have to happen, in any order. */
export const JourneyFields = ({ patterns, problem, onChange }: JourneyFieldsProps): JSX.Element => (
  <fieldset class="conditions">
    <legend>About events</legend>
    {patterns.map((pattern, i) => {
      const path = `journey.patterns[${i}]`
      return (
        <PatternFields
          key={path}
          path={path}
          name={`event ${i + 1}`}
          pattern={pattern}
          problem={problem}
          onChange={changed => onChange(patterns.with(i, changed))}
          onRemove={() => onChange(patterns.toSpliced(i, 1))}
        />
      )
    })}
    <FieldProblem path="journey.patterns" problem={problem} />
    <button class="button button-small conditions-add" type="button" onClick={() => onChange([...patterns, newPattern])}>
      Add an event
    </button>
  </fieldset>
)
