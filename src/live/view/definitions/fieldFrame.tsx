import type { JSX } from 'preact'
import type { DefinitionProblem } from '../../definitions/definitionProblem.ts'

/** What every part of the form is told. */
export interface Refusal {
  /** Why the collector refused what was written. */
  problem: DefinitionProblem | undefined
}

interface FieldProblemProps extends Refusal {
  /** Of the field, e.g. `journey.patterns[0].count`. */
  path: string
}

/** Attributes that tie a field to its label, its hint and its problem. */
interface FieldTies {
  id: string
  'aria-invalid': 'true' | undefined
  'aria-describedby': string | undefined
}

interface FieldFrameProps extends FieldProblemProps {
  label: string
  hint?: string
  children: (ties: FieldTies) => JSX.Element
}

const toId = (path: string): string => `definition-${path}`

/** What is wrong with a field, where something is. */
export const FieldProblem = ({ path, problem }: FieldProblemProps): JSX.Element => (
  <>
    {problem?.path === path && (
      <span id={`${toId(path)}-problem`} class="field-problem" role="alert">
        {problem.message}
      </span>
    )}
  </>
)

/** A field with its label, what is to be said of it, and what is wrong with it. */
export const FieldFrame = ({ path, label, hint, problem, children }: FieldFrameProps): JSX.Element => {
  const id = toId(path)
  const isWrong = problem?.path === path
  const described = [hint && `${id}-hint`, isWrong && `${id}-problem`].filter(Boolean).join(' ')
  return (
    <div class="link-field">
      <label for={id}>{label}</label>
      {children({ id, 'aria-invalid': isWrong ? 'true' : undefined, 'aria-describedby': described || undefined })}
      {hint && (
        <span id={`${id}-hint`} class="link-hint">
          {hint}
        </span>
      )}
      <FieldProblem path={path} problem={problem} />
    </div>
  )
}
