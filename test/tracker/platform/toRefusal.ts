import { ProblemError, toProblemBody, type ProblemCode } from '../../../src/collector/problem.ts'

/** The answer of the collector to what it refuses: what pages know it by stands in there. */
export const toRefusal = (code: ProblemCode): { status: number; body: string } => {
  const body = toProblemBody(new ProblemError(code))
  return { status: body.status, body: JSON.stringify(body) }
}
