/** Bounds of actions. */
export const actionLimits = {
  /** Actions of a session. */
  actions: 50,
  /** Characters of an action, as JSON. */
  length: 65_536,
} as const
