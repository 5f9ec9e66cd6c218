import type { AppendedBatch } from '../eventLog.ts'

/** A batch as a row of the log. */
export interface LogRow {
  receivedAt: number
  /** All of it as JSON, in UTF-8. */
  body: Uint8Array
}

/** What stands behind the batch. */
const rowEnd = Buffer.from('}')

/** Makes a row: what the collector saw, and the batch, which is most of it, as it came where nothing of it was dropped. */
export const toLogRow = (received: AppendedBatch): LogRow => {
  const head = `${JSON.stringify({ ...received, json: undefined, batch: undefined }).slice(0, -1)},"batch":`
  const batch = received.json ?? Buffer.from(JSON.stringify(received.batch))
  return { receivedAt: received.receivedAt, body: Buffer.concat([Buffer.from(head), batch, rowEnd]) }
}
