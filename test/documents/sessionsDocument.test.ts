import { expect, test } from 'vitest'
import { documentedFields, toSessionsDocument } from './sessionsDocument.ts'

test.each(Object.entries(documentedFields))('of every field of %s it is known who fills it, and of none that there is not', (_name, { fields, sources }) => {
  const paths = fields.map(({ path }) => path)
  expect(paths.filter(path => !path.includes('.') && !(path in sources))).toEqual([])
  expect(Object.keys(sources).filter(path => !paths.includes(path))).toEqual([])
})

test('the document says what the schemas, the types and the sources say', async () => {
  await expect(toSessionsDocument()).toMatchFileSnapshot('../../docs/sessions.md')
})
