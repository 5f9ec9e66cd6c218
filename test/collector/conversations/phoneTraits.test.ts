import { expect, onTestFinished, test } from 'vitest'
import type { Event } from '../../../src/model/index.ts'
import { idOf, opening, start } from '../batches.ts'
import { authorized } from '../createTestEndpoint.ts'
import { createMemoryCollector } from '../identity/createMemoryCollector.ts'

const named = (session: number, traits: Record<string, string | number>, at = 10): Event =>
  ({ id: idOf(session * 100), type: 'identify', at: start + at, session: idOf(session), seq: 1, tab: 'tab-1', customer: { id: `c-${session}`, type: 'crm' }, traits }) as Event

const setUp = () => {
  const collector = createMemoryCollector()
  onTestFinished(() => collector.app.close())
  const write = async (phoneNumber: string, at: number): Promise<string[]> => {
    const call = { id: `call ${at}`, phoneNumber, createdDate: new Date(start + at).toISOString() }
    const response = await collector.app.inject({ method: 'POST', url: '/v1/conversations', payload: JSON.stringify(call), headers: { ...authorized, 'content-type': 'application/json' } })
    return response.json<{ sessions: string[] }>().sessions
  }
  const of = async (session: number): Promise<string[]> =>
    (await collector.get(`/v1/sessions/${idOf(session)}/conversations`)).json<{ entities: { id: string }[] }>().entities.map(({ id }) => id)
  return { ...collector, write, of }
}

test.each(['phone', 'phoneNumber', 'cellPhone', 'homePhone', 'workPhone', 'mobile'])('a call from the number that the page has told as %s belongs to the visit', async trait => {
  const { send, write, of } = setUp()
  await send([opening(1), named(1, { [trait]: '+31 (0)20 123 45 67' })])
  expect(await write('0031201234567', 50)).toEqual([idOf(1)])
  expect(await of(1)).toEqual(['call 50'])
})

test('the newest visit that had begun is the one', async () => {
  const { send, write, of, setNow } = setUp()
  setNow(start + 5000)
  for (const [session, at] of [[1, 0], [2, 1000], [3, 2000]] as const) await send([opening(session, { at: start + at }), named(session, { phone: '+31201234567' }, at + 10)])
  expect([await write('+31201234567', -1), await write('+31201234567', 1500), await write('+31201234567', 9000)]).toEqual([[], [idOf(2)], [idOf(3)]])
  expect([await of(1), await of(2), await of(3)]).toEqual([[], ['call 1500'], ['call 9000']])
})

test.each([{ phone: '020 1234567' }, { phone: 31201234567 }, { email: '+31201234567' }])('a number that says no country, or is none, links nothing: %j', async traits => {
  const { send, write, of } = setUp()
  await send([opening(1), named(1, traits)])
  expect([await write('+31201234567', 50), await of(1)]).toEqual([[], []])
})

test('the number is in no answer, and links the same when Sessions are made anew', async () => {
  const { send, write, session, rebuild, of } = setUp()
  await send([named(1, { phone: '+31201234567' }), opening(1)])
  await write('+31201234567', 50)
  expect(JSON.stringify(await session(1))).not.toContain('31201234567')
  await rebuild()
  expect(await of(1)).toEqual(['call 50'])
})
