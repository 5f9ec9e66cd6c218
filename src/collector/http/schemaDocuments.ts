import { batchSchema, eventSchema, sessionSchema } from '../../model/schema.ts'
import { dialectSchemas } from '../dialects/dialectSchemas.ts'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

/** JSON Schemas that are served, by name of the file. */
export const schemaDocuments: Readonly<Record<string, object>> = {
  'batch.json': { $schema: dialect, title: 'Batch', ...batchSchema },
  'event.json': { $schema: dialect, title: 'Event', ...eventSchema },
  'session.json': { $schema: dialect, title: 'Session', ...sessionSchema },
  ...dialectSchemas,
}
