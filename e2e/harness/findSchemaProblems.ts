import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** What is wrong with a Session by the schema of the Genesys Cloud journey Session; empty when nothing is. */
export const findSchemaProblems = (session: unknown): string[] => {
  const schema = JSON.parse(readFileSync(new URL('../../test/schemas/genesys-session.schema.json', import.meta.url), 'utf8')) as object
  // The schema notes the vendor's own names in keywords that ajv does not know.
  const ajv = new Ajv2020({ allErrors: true, strict: false })
  addFormats.default(ajv)
  const isValid = ajv.compile(schema)
  return isValid(session) ? [] : (isValid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
