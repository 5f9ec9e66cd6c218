/** JSON Schemas (draft 2020-12) of what crosses the wire. Their types agree with those of the model: a test compiles both ways. */
export { batchSchema, envelopeSchema } from './batchSchema.ts'
export { eventSchema, eventSchemas } from './eventSchema.ts'
export { sessionSchema } from './sessionSchema.ts'
