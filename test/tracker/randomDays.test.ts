import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Event, Session } from '../../src/model/index.ts'
import { createTestPlatform, type TestPlatform } from './createTestPlatform.ts'
import { days } from './days/day.ts'
import { liveDay } from './days/liveDay.ts'
import { reckon, type Reckoned } from './days/reckon.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const numRuns = Number(process.env.DAYS ?? 1000)

/** What tells a view or a tracked event from others; nothing for other events. */
const nameOf = (event: Event): string[] => (event.type === 'custom' ? [event.eventName] : event.type === 'pageview' ? [event.page!.url] : [])

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** A Session as the reference has it. */
const toExpected = ({ index, created, ended, lastActivity, active, idle, away, names }: Reckoned) => {
  const durationInSeconds = toSeconds(active + idle + away)
  return {
    sessionIndex: index,
    createdDate: new Date(created).toISOString(),
    endedDate: new Date(ended ?? lastActivity).toISOString(),
    durationInSeconds,
    engagement: { activeSeconds: durationInSeconds - toSeconds(idle) - toSeconds(away), idleSeconds: toSeconds(idle), awaySeconds: toSeconds(away) },
    names,
  }
}

/** The Sessions that the collector makes of what it was sent, in the same shape; the present is long after the last one. */
const toFound = ({ collector }: TestPlatform) => {
  const names = new Map<string, string[]>()
  for (const event of collector.events()) names.set(event.session, [...(names.get(event.session) ?? []), ...nameOf(event)])
  return collector
    .sessions()
    .sort((a: Session, b: Session) => a.sessionIndex! - b.sessionIndex!)
    .map(({ id, sessionIndex, createdDate, endedDate, durationInSeconds, engagement }) => ({
      ...{ sessionIndex, createdDate, endedDate, durationInSeconds, engagement },
      names: names.get(id)!.sort(),
    }))
}

test(
  `${numRuns} random days: sessions and seconds equal those of a plain reckoning (seed ${seed})`,
  { timeout: 600_000 },
  () =>
    fc.assert(
      fc.asyncProperty(days, async day => {
        const platform = await createTestPlatform()
        const expected = reckon(await liveDay(platform, day), day.rules).map(toExpected)
        platform.clock.jump(2 * 86_400_000)
        expect(toFound(platform)).toEqual(expected)
      }),
      { seed, numRuns },
    ),
)
