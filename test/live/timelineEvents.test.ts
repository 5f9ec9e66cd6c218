import { describe, expect, test } from 'vitest'
import type { TimelineEvent } from '../../src/live/liveSession.ts'
import { toTimelineEvents } from '../../src/live/timelineEvents.ts'
import { noon } from './sampleSession.ts'

const base = { session: 's', seq: 0, tab: 't' }
const pageview = (id: string, seconds: number): TimelineEvent => ({ ...base, type: 'pageview', id, at: noon + seconds * 1000 })
const activity = (id: string, seconds: number, visible?: boolean): TimelineEvent => ({
  ...base,
  type: 'activity',
  state: 'active',
  id,
  at: noon + seconds * 1000,
  ...(visible !== undefined && { visible }),
})

const idsOf = (events: TimelineEvent[], showsMinor = true): string => toTimelineEvents(events, showsMinor).map(({ id }) => id).join(' ')

describe('the timeline', () => {
  test('begins with the newest', () => expect(idsOf([pageview('a', 0), activity('b', 1), pageview('c', 2)])).toBe('c b a'))

  test('passes over leaving a page for the next one', () =>
    expect(idsOf([pageview('a', 0), activity('left', 9, false), pageview('b', 10)])).toBe('b a'))

  test('tells of leaving for longer, for good, and of coming back', () => {
    expect(idsOf([pageview('a', 0), activity('left', 9, false), pageview('b', 60)])).toBe('b left a')
    expect(idsOf([pageview('a', 0), activity('left', 9, false)])).toBe('left a')
    expect(idsOf([activity('left', 9, false), activity('back', 10, true), pageview('b', 10)])).toBe('b back left')
  })

  test('without activity has what the visitor did alone', () =>
    expect(idsOf([pageview('a', 0), activity('idle', 60), pageview('b', 61)], false)).toBe('b a'))
})
