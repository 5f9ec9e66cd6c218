import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { openapiSchemas } from '../../src/collector/http/openapiSchemas.ts'
import { conversationSources, visitSources, type Source } from './sessionSources.ts'

interface Schema {
  $ref?: string
  type?: string | readonly string[]
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  required?: readonly string[]
}

const schemas = JSON.parse(JSON.stringify(openapiSchemas)) as Record<string, Schema>

const resolve = (schema: Schema): Schema => (schema.$ref === undefined ? schema : schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)]!)

/** What the types of the sources say of their fields, as `Type.field`. */
const readDocstrings = (...files: string[]): Map<string, string> => {
  const said = new Map<string, string>()
  for (const file of files) {
    const ast = ts.createSourceFile(file, readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8'), ts.ScriptTarget.Latest, true)
    for (const statement of ast.statements.filter(ts.isInterfaceDeclaration)) {
      for (const member of statement.members) {
        const text = ts.getJSDocCommentsAndTags(member).map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '').join(' ').trim()
        if (text) said.set(`${statement.name.text}.${member.name!.getText()}`, text.replace(/\s+/g, ' '))
      }
    }
  }
  return said
}

const docstrings = readDocstrings('model/session.ts', 'model/event.ts', 'model/page.ts', 'model/referrer.ts', 'collector/conversations/conversationSession.ts')

/** Types of the sources by the field that has them. */
const typeOf: Record<string, string> = {
  ...{ browser: 'Browser', device: 'Device', geolocation: 'JourneyGeolocation', app: 'JourneyApp', mktCampaign: 'Campaign', referrer: 'Referrer' },
  ...{ lastPage: 'JourneyPage', engagement: 'Engagement', outcomeAchievements: 'OutcomeAchievement', segmentAssignments: 'SessionSegmentAssignment' },
}

const toWords = (given: Schema): string => {
  const { type, format, enum: values, const: only, items, properties, additionalProperties } = resolve(given)
  if (only !== undefined) return `\`${String(only)}\``
  if (values) return values.length > 6 ? 'text' : values.map(value => `\`${String(value)}\``).join(', ')
  if (type === 'array') return `list of ${toWords(items ?? {})}`
  if (format === 'date-time') return 'date'
  if (properties) return 'object'
  if (typeof additionalProperties === 'object') return `map of ${toWords(additionalProperties)}`
  return { string: 'text', boolean: 'true or false', integer: 'whole number', number: 'number' }[String(type)] ?? 'object'
}

interface Field {
  path: string
  words: string
  isRequired: boolean
  what: string
}

/** Fields of a schema; those of objects in it, and of objects in lists, follow theirs. */
const fieldsOf = (given: Schema, owner: string, path = ''): Field[] => {
  const { properties = {}, required = [] } = resolve(given)
  return Object.entries(properties).flatMap(([name, property]) => {
    const whole = path ? `${path}.${name}` : name
    const what = resolve(property).description ?? property.description ?? docstrings.get(`${owner}.${name}`) ?? ''
    const inner = resolve(property).type === 'array' ? (resolve(property).items ?? {}) : property
    // Pages are the same everywhere, and references say nothing more.
    const isKnown = whole === 'entryPage' || whole === 'model' || /^(delivery|touches)/.test(whole)
    return [{ path: whole, words: toWords(property), isRequired: required.includes(name), what }, ...(isKnown ? [] : fieldsOf(inner, typeOf[name] ?? '', whole))]
  })
}

/** Who fills a field: what its own line says, or that of the field that it is in. */
const sourceOf = (path: string, sources: Record<string, Source>): Source => {
  if (sources[path]) return sources[path]
  const owner = path.slice(0, path.lastIndexOf('.'))
  return [sourceOf(owner, sources)[0], `with \`${owner}\``]
}

const escape = (text: string): string => text.replaceAll('|', '\\|')

const toRows = (fields: readonly Field[], sources: Record<string, Source>): string[] =>
  fields.map(({ path, words, isRequired, what }) => {
    const [who, when] = sourceOf(path, sources)
    return `| \`${path}\`${isRequired ? '' : '?'} | ${escape(words)} | ${who} | ${escape([when, what].filter(Boolean).join('. '))} |`
  })

const head = ['| Field | Type | Filled by | When, and what it is |', '| --- | --- | --- | --- |']

/** Fields of the two kinds of Sessions. */
export const documentedFields = {
  visits: { fields: fieldsOf(schemas.Session!, 'Session'), sources: visitSources },
  conversations: { fields: fieldsOf(schemas.Conversation!, 'ConversationSession'), sources: conversationSources },
} as const

/** `docs/sessions.md`, made of the schemas that the API serves, what the sources say of their types, and who fills what. */
export const toSessionsDocument = (): string => {
  const { visits, conversations } = documentedFields
  return `# The Session, field by field

<!-- Made by test/documents/sessionsDocument.test.ts: npx vitest run --project unit test/documents -u -->

What the API gives for a visit, an app's session or a conversation. \`?\` marks a field that is absent while nothing is known. *Page* is
the tracker, in a page or an app: \`tracker.session()\` shows what it knows, and what the collector has told it. *API* is who has the API
key. When a session opens, goes idle and ends stands in [the life of a session](lifecycle.md); how each field came to be seen is told by
[\`test/models\`](../test/models).

Names are those of the Genesys Cloud journey Session. Sojourn's own are \`status\`, \`visitorId\`, \`sessionIndex\`, \`previousSessionId\`,
\`entryPage\`, \`engagement\`, \`associatedValue\`, \`site\`, \`delivery\`, \`touches\`, and of conversations \`model\` and \`sessions\`; the
[dialect](dialects/genesys-journey.md) leaves them out.

## Visits and app sessions

${[...head, ...toRows(visits.fields, visits.sources)].join('\n')}

## Conversations

[Conversations](conversations.md) are Sessions of the type \`conversation\`; whatever else was written in Sojourn's own model comes back, too.

${[...head, ...toRows(conversations.fields, conversations.sources)].join('\n')}
`
}
