import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Batch, BatchResult } from '../../model/batch.ts'
import type { Event, EventType } from '../../model/event.ts'
import { limits } from '../../model/limits.ts'
import { envelopeSchema, eventSchemas } from '../../model/schema.ts'
import { ProblemError } from '../problem.ts'

/** A batch as it was understood. */
export interface ParsedBatch {
  /** With its valid events only, each once. */
  batch: Batch
  rejected: BatchResult['rejected']
  /** Events that stood in the batch more than once. */
  duplicates: number
  /** The body was this batch: nothing of it was dropped. */
  isWhole: boolean
}

type Envelope = Omit<Batch, 'events'> & { events: unknown[] }

/** `/page/url` becomes `page.url`, with the names as they are: a JSON pointer writes `/` and `~` otherwise. The name of an attribute that is refused is given where its value would be. */
const toField = ({ instancePath, params, propertyName }: ErrorObject): string => {
  const { missingProperty } = params as { missingProperty?: string }
  const path = instancePath.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~')
  return [path, missingProperty ?? propertyName].filter(Boolean).join('.')
}

const toExpectation = ({ keyword, message, params }: ErrorObject): string => {
  if (keyword === 'required') return 'is missing'
  if (keyword === 'const') return `must be ${JSON.stringify((params as { allowedValue: unknown }).allowedValue)}`
  if (keyword === 'enum') return `must be one of ${(params as { allowedValues: string[] }).allowedValues.join(', ')}`
  return message ?? 'is wrong'
}

/** Names the field and what was expected of it. */
const toReason = ([error]: ErrorObject[] = []): string =>
  error ? `${toField(error).slice(0, limits.name)}: ${toExpectation(error)}` : 'is wrong'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Two sets of validators: one that drops fields which the schemas do not name, and one that refuses them and changes nothing. Nearly
 * every body passes the second one, and can then be kept as it came.
 */
const createValidators = (removeAdditional: boolean) => {
  // `maxLength` counts UTF-16 units, as `limits` does.
  const ajv = new Ajv2020({ allowUnionTypes: true, removeAdditional, unicode: false, logger: false })
  return {
    isEnvelope: ajv.compile(envelopeSchema) as ValidateFunction<Envelope>,
    events: new Map<unknown, ValidateFunction<Event>>((Object.keys(eventSchemas) as EventType[]).map(type => [type, ajv.compile<Event>(eventSchemas[type])])),
    isId: ajv.compile<string>(envelopeSchema.properties.visitor.properties.id),
  }
}

/**
 * Compiles the schemas once, and returns the parser of `POST /v1/events` bodies. Fields that the schemas do not name are dropped,
 * so that what is stored has known fields only.
 */
export const createBatchParser = () => {
  const exact = createValidators(false)
  const lenient = createValidators(true)

  /** @returns why the event is refused; undefined for a good one */
  const refuse = (event: unknown): string | undefined => {
    if (!isObject(event)) return 'must be an object'
    const validate = lenient.events.get(event.type)
    if (!validate) return `type: must be one of ${[...lenient.events.keys()].join(', ')}`
    return validate(event) ? undefined : toReason(validate.errors ?? undefined)
  }

  const isExact = (event: unknown): boolean => isObject(event) && exact.events.get(event.type)?.(event) === true

  const idOf = (event: unknown): string | null => (isObject(event) && lenient.isId(event.id) ? event.id : null)

  const sortOut = (events: unknown[]): Omit<ParsedBatch, 'batch'> & { good: Event[] } => {
    const rejected: ParsedBatch['rejected'] = []
    const good = new Map<string, Event>()
    let duplicates = 0
    let isWhole = true
    for (const event of events) {
      const isGood = isExact(event)
      isWhole &&= isGood
      const reason = isGood ? undefined : refuse(event)
      if (reason !== undefined) rejected.push({ id: idOf(event), reason })
      else if (good.has((event as Event).id)) duplicates++
      else good.set((event as Event).id, event as Event)
    }
    return { rejected, duplicates, isWhole: isWhole && !duplicates, good: [...good.values()] }
  }

  /**
   * @param body parsed JSON
   * @throws ProblemError `batch-too-large`, `invalid-batch` when the envelope is wrong, `no-valid-event` when nothing is left of it
   */
  return (body: unknown): ParsedBatch => {
    const count = isObject(body) && Array.isArray(body.events) ? body.events.length : 0
    if (count > limits.batchEvents) throw new ProblemError('batch-too-large', { detail: `events: at most ${limits.batchEvents}, got ${count}` })
    const isExactly = exact.isEnvelope(body)
    if (!isExactly && !lenient.isEnvelope(body)) throw new ProblemError('invalid-batch', { detail: toReason(lenient.isEnvelope.errors ?? undefined) })
    const { good, rejected, duplicates, isWhole } = sortOut((body as Envelope).events)
    if (!good.length) throw new ProblemError('no-valid-event', { detail: rejected[0]!.reason, members: { rejected } })
    return { batch: { ...(body as Envelope), events: good }, rejected, duplicates, isWhole: isWhole && isExactly }
  }
}
