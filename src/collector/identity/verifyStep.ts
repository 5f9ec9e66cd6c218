import type { Event, Identify } from '../../model/event.ts'
import type { IngestStep } from '../ingest/ingestWork.ts'
import type { TokenVerdict, TokenVerifier } from './createTokenVerifier.ts'

/** Tokens of one batch that are verified: a page has one. Each is work that a page could ask for at will. */
const mostTokens = 10

export interface VerifyOptions {
  verify: TokenVerifier
  /** Told what became of each token. */
  onVerdict?(site: string, verdict: TokenVerdict): void
}

const hasToken = (event: Event): event is Identify & { token: string } => event.type === 'identify' && event.token !== undefined

const withoutToken = (event: Event): Event => {
  if (event.type !== 'identify') return event
  const { token: _token, ...kept } = event
  return kept
}

/**
 * Finds out what the identity tokens of a batch prove. Only that goes into the log: a token may be good for more than this collector, and
 * has no business in a file. A batch whose tokens prove nothing is as good as any other.
 */
export const createVerifyStep = ({ verify, onVerdict }: VerifyOptions): IngestStep => {
  const judge = async (event: Identify & { token: string }, site: string, receivedAt: number): Promise<TokenVerdict> => {
    const verdict = await verify({ site, event, token: event.token, receivedAt })
    onVerdict?.(site, verdict)
    return verdict
  }

  return work => {
    const { batch } = work.parsed!
    const bearing = batch.events.filter(hasToken)
    if (!bearing.length) return undefined
    work.parsed!.isWhole = false
    batch.events = batch.events.map(withoutToken)
    for (const _event of bearing.slice(mostTokens)) onVerdict?.(work.site!.id, { refusal: 'too-many' })
    return Promise.all(bearing.slice(0, mostTokens).map(event => judge(event, work.site!.id, work.receivedAt))).then(verdicts => {
      const proofs = verdicts.flatMap(verdict => ('proof' in verdict ? verdict.proof : []))
      if (proofs.length) work.proofs = proofs
    })
  }
}
