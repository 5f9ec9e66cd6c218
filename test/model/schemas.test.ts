import { expect, test } from 'vitest'
import { batchSchema, envelopeSchema } from '../../src/model/batchSchema.ts'
import { eventSchema } from '../../src/model/eventSchema.ts'
import { sessionSchema } from '../../src/model/sessionSchema.ts'

/** Paths of the objects whose members are named, beside whether others may stand there. */
const objectsOf = (schema: unknown, path: string): [path: string, isOpen: boolean][] => {
  if (typeof schema !== 'object' || schema === null) return []
  const own: [string, boolean][] = 'properties' in schema ? [[path, !('additionalProperties' in schema) || schema.additionalProperties === true]] : []
  return [...own, ...Object.entries(schema).flatMap(([name, member]) => objectsOf(member, `${path}/${name}`))]
}

test.each(Object.entries({ batchSchema, envelopeSchema, eventSchema, sessionSchema }))('no object of the %s takes members that nobody knows', (_name, schema) => {
  const objects = objectsOf(schema, '')
  expect(objects.length).toBeGreaterThan(3)
  expect(objects.filter(([, isOpen]) => isOpen)).toEqual([])
})
