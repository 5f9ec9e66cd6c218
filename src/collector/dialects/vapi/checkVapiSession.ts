import type { JsonObject } from '../../conversations/documentStore.ts'
import { toE164 } from '../../conversations/toE164.ts'
import { ProblemError } from '../../problem.ts'
import { checkDocumentId, checkInstant, createDocumentCheck } from '../../conversations/createDocumentCheck.ts'
import schema from './vapiSession.json' with { type: 'json' }

const { required: _required, ...optional } = schema

/** The same limits as for a new one; what the server gives may be in it, when a session is taken over from elsewhere. */
const checkShape = createDocumentCheck({ schema: optional })
const checkUpdate = createDocumentCheck({ schema, part: '#/$defs/UpdateSessionDTO' })

const checkNumber = ({ customer }: JsonObject): void => {
  if (typeof customer !== 'object' || customer === null) return
  const { number, numberE164CheckEnabled = true } = customer as { number?: string; numberE164CheckEnabled?: boolean }
  if (number === undefined) return
  const isGood = numberE164CheckEnabled ? toE164(number) === number : /^\+?[a-zA-Z0-9]+$/.test(number)
  if (!isGood) throw new ProblemError('invalid-document', { detail: `customer.number must be a valid phone number in the E.164 format` })
}

/**
 * Checks a new session.
 *
 * @throws ProblemError `invalid-document`
 */
export const checkNewVapiSession = (json: unknown): JsonObject => {
  const body = checkShape(json)
  if (body.id !== undefined) checkDocumentId(body.id)
  for (const name of ['createdAt', 'updatedAt']) if (body[name] !== undefined) checkInstant(body[name], name)
  checkNumber(body)
  return body
}

/** What a change may not touch. */
const fixed = ['id', 'orgId', 'createdAt', 'updatedAt']

/**
 * Checks a change of a session.
 *
 * @throws ProblemError `invalid-document`
 */
export const checkVapiChange = (json: unknown): JsonObject => {
  // Fields of a session that their changes do not name are kept, too: as a session has them.
  const body = checkShape(checkUpdate(json))
  const odd = fixed.find(name => Object.hasOwn(body, name))
  if (odd !== undefined) throw new ProblemError('invalid-document', { detail: `property ${odd} should not exist` })
  checkNumber(body)
  return body
}
