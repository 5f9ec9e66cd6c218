import type { ProblemError } from '../problem.ts'

/** An error as the clients of another API expect it. */
export interface ForeignProblem {
  body: object
  /** Where their API has another status for it. */
  status?: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Says an error in the words of the API that the route speaks. Default: RFC 9457. */
    toForeignProblem?: (problem: ProblemError) => ForeignProblem
  }
}
