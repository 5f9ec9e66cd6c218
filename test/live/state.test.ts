import { describe, expect, test } from 'vitest'
import type { Conversation } from '../../src/live/conversation.ts'
import { toEntities } from '../../src/live/current.ts'
import { initialState, reduceLive, type LiveAction, type LiveState } from '../../src/live/state.ts'
import type { LiveSession, TimelineEvent } from '../../src/live/liveSession.ts'
import { noon, sampleSession, toIso } from './sampleSession.ts'

const signIn: LiveAction = { type: 'accessChanged', access: { phase: 'signedIn' } }

const after = (...actions: LiveAction[]): LiveState => [signIn, ...actions].reduce(reduceLive, initialState)

const session = sampleSession({ id: 'a' })
const over = sampleSession({ id: 'a', endedDate: toIso(5) })

/** The answer to the question for all that goes on, asked at a revision. */
const snapshot = (since: number, ...sessions: LiveSession[]): LiveAction => ({
  type: 'snapshotLoaded',
  sessions: { entities: sessions, since, complete: true },
  conversations: { entities: [], since, complete: true },
})

const pageview = (id: string, at: number): TimelineEvent => ({ type: 'pageview', id, at, session: 'a', seq: 0, tab: 't' })

describe('signing out', () => {
  test('forgets everything that was shown', () => {
    const state = after({ type: 'sessionsChanged', sessions: [session] }, { type: 'detailOpened', id: 'a', session }, { type: 'accessChanged', access: { phase: 'signedOut' } })
    expect(state).toEqual(initialState)
  })

  test('drops answers that come later', () => {
    const state = after({ type: 'accessChanged', access: { phase: 'signedOut', message: 'no' } })
    const late: LiveAction[] = [
      { type: 'sessionsChanged', sessions: [session] },
      snapshot(0, session),
      { type: 'endedLoaded', sessions: [over] },
      { type: 'findChanged', find: { phase: 'none', shortId: '1' } },
    ]
    expect(late.reduce(reduceLive, state)).toBe(state)
  })
})

describe('a change of a session', () => {
  test('shows in the list and in the open session, which keeps what the list does not tell', () => {
    const delivery = { received: 3, missing: 0, duplicates: 1 }
    const state = after(
      { type: 'routeChanged', route: { view: 'session', id: 'a' } },
      { type: 'detailOpened', id: 'a', session: { ...session, delivery } },
      { type: 'sessionsChanged', sessions: [{ ...session, eventCount: 9 }] },
    )
    expect(state.live.entries.get('a')?.entity.eventCount).toBe(9)
    expect(state.detail?.session).toMatchObject({ eventCount: 9, delivery })
  })

  test('that ends it moves it to the head of the ended ones, once', () => {
    const older = sampleSession({ id: 'b', endedDate: toIso(1) })
    const state = after(
      { type: 'sessionsChanged', sessions: [session] },
      { type: 'endedLoading', fresh: true },
      { type: 'endedLoaded', sessions: [older] },
      { type: 'sessionsChanged', sessions: [over] },
      { type: 'sessionsChanged', sessions: [over] },
    )
    expect([[...state.live.entries.keys()], state.ended.sessions.map(({ id }) => id)]).toEqual([[], ['a', 'b']])
  })

  test('that was over, and goes on, takes it from the ended ones', () => {
    const state = after({ type: 'endedLoading', fresh: true }, { type: 'endedLoaded', sessions: [over] }, { type: 'sessionsChanged', sessions: [session] })
    expect([[...state.live.entries.keys()], state.ended.sessions]).toEqual([['a'], []])
  })

  test('that has been over for long, as all are that the collector makes anew, puts none into the ended ones that a later page has', () => {
    const newest = sampleSession({ id: 'b', createdDate: toIso(1), endedDate: toIso(2) })
    const loaded = after({ type: 'endedLoading', fresh: true }, { type: 'endedLoaded', sessions: [newest], nextUri: '/v1/next' })
    const anew = Array.from({ length: 500 }, (_, n) => sampleSession({ id: `old-${n}`, createdDate: toIso(-n), endedDate: toIso(1 - n) }))
    const brief = sampleSession({ id: 'brief', createdDate: toIso(3), endedDate: toIso(4) })
    const state = reduceLive(loaded, { type: 'sessionsChanged', sessions: [...anew, { ...newest, eventCount: 2 }, brief] })
    expect(state.ended.sessions.map(({ id, eventCount }) => `${id} ${eventCount}`)).toEqual(['b 2', 'brief 1'])
  })

  test('makes no list of ended ones that was not asked for', () => expect(after({ type: 'sessionsChanged', sessions: [over] }).ended.sessions).toEqual([]))
})

describe('a session that was removed', () => {
  const removed: LiveAction = { type: 'sessionsRemoved', ids: ['a'] }

  test('is in no list any more, and nothing of it in the open session', () => {
    const other = sampleSession({ id: 'b' })
    const state = after(
      { type: 'sessionsChanged', sessions: [session, other] },
      { type: 'endedLoaded', sessions: [over] },
      { type: 'findChanged', find: { phase: 'several', shortId: '1234', sessions: [session, other] } },
      { type: 'detailOpened', id: 'a', session },
      { type: 'eventsLoaded', id: 'a', page: { entities: [pageview('1', noon)] } },
      removed,
    )
    expect([[...state.live.entries.keys()], state.ended.sessions, state.find]).toEqual([['b'], [], { phase: 'several', shortId: '1234', sessions: [other] }])
    expect(state.detail).toEqual({ id: 'a', phase: 'removed', events: [], conversations: [], loadingEvents: false })
  })

  test('is brought back by no answer that was on its way', () => {
    const state = after({ type: 'detailOpened', id: 'a', session }, removed)
    const late: LiveAction[] = [
      snapshot(0, session),
      { type: 'endedLoaded', sessions: [over] },
      { type: 'detailLoaded', session },
      { type: 'detailFailed', id: 'a', message: 'no' },
      { type: 'eventsLoaded', id: 'a', page: { entities: [pageview('1', noon)] } },
    ]
    const { live, ended, detail } = late.reduce(reduceLive, state)
    expect([live.entries.size, ended.sessions, detail]).toEqual([0, [], state.detail])
  })

  test('is there again when the stream says so, and stays for answers from then on', () => {
    const state = after(removed, { type: 'sessionsChanged', sessions: [session] }, snapshot(9, session))
    expect([...state.live.entries.keys()]).toEqual(['a'])
  })

  test('leaves another one on show', () => expect(after({ type: 'detailOpened', id: 'b', session: sampleSession({ id: 'b' }) }, removed).detail).toMatchObject({ id: 'b', phase: 'ready' }))
})

describe('the calls and chats that go on', () => {
  const call = (id: string, status: Conversation['status']): Conversation => ({ id, status, createdDate: toIso(0), model: { name: 'sojourn' } })
  const told = (...conversations: Conversation[]): LiveAction => ({ type: 'conversationsChanged', conversations })
  const answered = (since: number, ...entities: Conversation[]): LiveAction => ({
    type: 'snapshotLoaded',
    sessions: { entities: [], since: 0, complete: true },
    conversations: { entities, since, complete: true },
  })
  const shown = ({ conversations }: LiveState): string => toEntities(conversations).map(({ id }) => id).sort().join(' ')

  test('are those of the answer, but for what is told while it is on its way', () => {
    const asked = after(told(call('gone', 'active'), call('over', 'active'), call('erased', 'active')))
    const meanwhile: LiveAction[] = [told(call('over', 'ended'), call('new', 'active')), { type: 'sessionsRemoved', ids: ['erased'] }]
    const state = [...meanwhile, answered(asked.conversations.revision, call('over', 'active'), call('erased', 'active'))].reduce(reduceLive, asked)
    expect(shown(state)).toBe('new')
    expect(shown(reduceLive(state, answered(state.conversations.revision, call('over', 'active'))))).toBe('over')
  })

  test('have one that is there again after its removal, and so have the lists that are loaded from then on', () => {
    const back = after({ type: 'sessionsRemoved', ids: ['a'] }, told(call('a', 'active')), answered(2, call('a', 'active')))
    expect(shown(back)).toBe('a')
    const ended: LiveAction = { type: 'endedConversations', action: { type: 'endedLoaded', sessions: [call('a', 'ended')] } }
    expect(reduceLive(back, ended).endedConversations.sessions.map(({ id }) => id)).toEqual(['a'])
  })
})

describe('the timeline', () => {
  const opened: LiveAction[] = [{ type: 'routeChanged', route: { view: 'session', id: 'a' } }, { type: 'detailOpened', id: 'a', session }]

  test('has each event once, in order, however often pages overlap', () => {
    const state = after(
      ...opened,
      { type: 'eventsLoaded', id: 'a', page: { entities: [pageview('2', noon + 2), pageview('1', noon)] } },
      { type: 'eventsLoaded', id: 'a', page: { entities: [pageview('2', noon + 2), pageview('0', noon), pageview('3', noon + 3)] } },
    )
    expect(state.detail?.events.map(({ id }) => id)).toEqual(['0', '1', '2', '3'])
  })

  test('says that there is more until the last page came', () => {
    const first = after(...opened, { type: 'eventsLoaded', id: 'a', page: { entities: [], nextUri: '/v1/next' } })
    expect(first.detail?.nextUri).toBe('/v1/next')
    expect(reduceLive(first, { type: 'eventsLoaded', id: 'a', page: { entities: [] } }).detail).not.toHaveProperty('nextUri')
  })

  test('takes no answer for a session that is not shown any more', () => {
    const state = after(...opened, { type: 'routeChanged', route: { view: 'session', id: 'b' } }, { type: 'detailOpened', id: 'b' })
    const late: LiveAction[] = [
      { type: 'detailLoaded', session },
      { type: 'detailFailed', id: 'a', message: 'no' },
      { type: 'eventsLoaded', id: 'a', page: { entities: [pageview('1', noon)] } },
    ]
    expect(late.reduce(reduceLive, state).detail).toEqual(state.detail)
  })

  test('is gone after leaving for the list', () => expect(after(...opened, { type: 'routeChanged', route: { view: 'live' } })).not.toHaveProperty('detail'))
})

describe('a problem', () => {
  test('of the list is gone with the next snapshot', () => {
    const failed = after({ type: 'snapshotFailed', message: 'no' })
    expect(failed.problem).toBe('no')
    expect(reduceLive(failed, snapshot(0))).not.toHaveProperty('problem')
  })

  test('of a session that is known leaves it on show', () => {
    const state = after({ type: 'detailOpened', id: 'a', session }, { type: 'detailFailed', id: 'a', message: 'no' })
    expect(state.detail).toMatchObject({ phase: 'ready', message: 'no', session: { id: 'a' } })
  })

  test('of a session that is not known is all there is', () =>
    expect(after({ type: 'detailOpened', id: 'a' }, { type: 'detailFailed', id: 'a', message: 'no' }).detail).toMatchObject({ phase: 'failed', message: 'no' }))

  test('of a session is gone when it is asked for again', () => {
    const state = after({ type: 'detailOpened', id: 'a', session }, { type: 'detailFailed', id: 'a', message: 'no' }, { type: 'eventsLoading', id: 'a' })
    expect(state.detail).not.toHaveProperty('message')
  })
})
