import { describeSource } from './describeSource.ts'
import type { LiveSession } from './liveSession.ts'

/** Something that a session has come to, by its events or by what is known of it. */
export interface Milestone {
  key: string
  /** Milliseconds since 1970. */
  at: number
  kind: 'Arrival' | 'Segment' | 'Outcome'
  title: string
}

/** A campaign that led here, and the segments and outcomes that followed, each with its instant. */
export const toMilestones = (session: LiveSession): Milestone[] => {
  const { createdDate, mktCampaign, segmentAssignments = [], outcomeAchievements = [] } = session
  const { text, detail } = describeSource(session)
  return [
    ...(mktCampaign ? [{ key: 'arrival', at: Date.parse(createdDate), kind: 'Arrival' as const, title: detail ? `${text} (${detail})` : text }] : []),
    ...segmentAssignments.map(({ segment: { id }, assignedDate }) => ({ key: `segment ${id}`, at: Date.parse(assignedDate), kind: 'Segment' as const, title: id })),
    ...outcomeAchievements.map(({ outcome: { id }, achievedDate, associatedValue }) => ({ key: `outcome ${id}`, at: Date.parse(achievedDate), kind: 'Outcome' as const, title: associatedValue ? `${id}, worth ${associatedValue.value}` : id })),
  ]
}
