/** Bounds of segments and outcomes, checked wherever they come from. */
export const definitionLimits = {
  /** Segments; and as many outcomes. */
  definitions: 500,
  /** Patterns in `context`, and in `journey`. */
  patterns: 20,
  /** Criteria of a pattern. */
  criteria: 20,
  /** Values of a criterion. */
  values: 100,
  /** Characters of a value. */
  value: 1024,
  /** How often one pattern may have to match. */
  count: 100,
  /** The counts of one definition together: a session remembers so many instants for it. */
  events: 100,
  id: 100,
  name: 255,
  description: 2000,
  /** Characters, as JSON, of a definition that another vendor's client has written. */
  foreign: 65_536,
  /** Days that a segment of a customer lasts at most: ten years. */
  days: 3650,
} as const
