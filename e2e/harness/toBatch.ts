import type { Batch } from '../../src/model/index.ts'

/** A batch as a tracker sends it now, from what matters to the test. */
export const toBatch = (part: Pick<Batch, 'site' | 'visitor' | 'events'> & Partial<Batch>): Batch => ({
  v: 1,
  sentAt: Date.now(),
  library: { name: 'test', version: '1' },
  context: {},
  ...part,
})
