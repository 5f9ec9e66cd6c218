/** Why the collector did not give what was asked for, in words for the reader. */
export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** What the collector says is wrong, as it says it. */
  readonly detail?: string

  constructor(status: number, message: string, detail?: string) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    if (detail !== undefined) this.detail = detail
  }
}

/** Words for the reader, whatever was thrown. */
export const toMessage = (error: unknown): string => (error instanceof ApiError ? error.message : 'Something went wrong in this page. Reload it to go on.')
