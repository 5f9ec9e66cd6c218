import type { AppendedBatch } from './eventLog.ts'

/** A batch as a row of the log. */
export interface LogRow {
  receivedAt: number
  /** All of it as JSON. */
  body: string
}

/** Makes a row; the batch, which is most of it, as it came where nothing of it was dropped. */
export const toLogRow = ({ text, batch, ...head }: AppendedBatch): LogRow => ({
  receivedAt: head.receivedAt,
  body: text === undefined ? JSON.stringify({ ...head, batch }) : `${JSON.stringify(head).slice(0, -1)},"batch":${text}}`,
})
