import { expect } from 'vitest'
import { fullOf } from './fullOf.ts'
import { models, type Stage } from './openStage.ts'

type Json = Record<string, unknown>

const { schema } = models.segments
const { whole } = models.segments

const isBuyer = { count: 1, streamType: 'Web', sessionType: 'web', eventName: 'order_completed', criteria: [{ key: 'attributes.total.value', values: ['10'], shouldIgnoreCase: true, operator: 'greaterThan' }] }

const fromLetter = { criteria: [{ key: 'mktCampaign.source', values: ['Newsletter'], shouldIgnoreCase: true, operator: 'equal', entityType: 'visit' }] }

const named = {
  color: '#336699',
  context: { patterns: [fromLetter] },
  journey: { patterns: [isBuyer] },
  associatedValueField: { dataType: 'Number', name: 'attributes.total.value' },
}

const toParts = (kind: 'segments' | 'outcomes') => (kind === 'segments' ? { request: 'JourneySegmentRequest', patch: 'PatchSegment', answer: 'JourneySegment' } : { request: 'OutcomeRequest', patch: 'PatchOutcome', answer: 'Outcome' })

/** What the server says of a definition, whoever sends it. */
const given = ['version', 'modifiedDate'] as const

const without = (value: Json, names: readonly string[]): Json => Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)))

/** Somebody defines segments and outcomes, and changes them. */
export const tellDefinitions = async (stage: Stage): Promise<void> => {
  for (const kind of ['segments', 'outcomes'] as const) {
    const path = `/api/v2/journey/${kind}`
    const { request, patch, answer } = toParts(kind)
    const full = fullOf(schema, { whole, part: request, named })
    const made = await stage.see('segments', answer, ['POST', path, full])
    expect(stage.coverage.segments.see(full, request)).toEqual([])
    expect(made).toMatchObject(without(full, given))
    const change = fullOf(schema, { whole, part: patch, named: { ...named, displayName: 'Buyers', ...(kind === 'segments' && { externalSegment: { name: 'Elsewhere' } }) } })
    const changed = await stage.see('segments', answer, ['PATCH', `${path}/${String(made.id)}`, change])
    expect(stage.coverage.segments.see(change, patch)).toEqual([])
    expect(changed).toMatchObject(without(change, given))
    expect((await stage.ask(['GET', `${path}/${String(made.id)}`])).body).toEqual(changed)
  }
  // One that lives across sessions is shown without its session.
  const { context, journey } = named
  await stage.see('segments', 'JourneySegment', ['POST', '/api/v2/journey/segments', { displayName: 'Regulars', scope: 'Customer', assignmentExpirationDays: 30, context, journey }])
}
