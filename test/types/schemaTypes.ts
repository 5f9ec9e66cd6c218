import type { FromSchema } from 'json-schema-to-ts'
import type { Batch, Session } from '../../src/model/index.ts'
import type { Activity, Custom, End, Identify, Pageview, Screenview } from '../../src/model/event.ts'
import type { envelopeSchema } from '../../src/model/batchSchema.ts'
import type { eventSchemas } from '../../src/model/eventSchema.ts'
import type { sessionSchema } from '../../src/model/sessionSchema.ts'

/** Keys that stand in one of the types alone: a field added to the type and forgotten in the schema, or the reverse. */
type Odd<A, B> = Exclude<keyof A, keyof B> | Exclude<keyof B, keyof A>

/** Compiles only where both types let the same values through, and name the same fields. */
type Agree<A extends B, B extends C, C = A> = [Odd<A, B>, C] extends [never, unknown] ? true : never

type Holds<T extends true> = T

type Schemas = typeof eventSchemas
type Envelope = FromSchema<typeof envelopeSchema>

/** What the schemas let through is what the types of the model say. */
export type SchemaTypes = [
  Holds<Agree<FromSchema<Schemas['pageview']>, Pageview>>,
  Holds<Agree<FromSchema<Schemas['screenview']>, Screenview>>,
  Holds<Agree<FromSchema<Schemas['custom']>, Custom>>,
  Holds<Agree<FromSchema<Schemas['identify']>, Identify>>,
  Holds<Agree<FromSchema<Schemas['activity']>, Activity>>,
  Holds<Agree<FromSchema<Schemas['end']>, End>>,
  Holds<Agree<FromSchema<typeof sessionSchema>, Session>>,
  Holds<Agree<Omit<Envelope, 'events'>, Omit<Batch, 'events'>>>,
]
