/** Anything in words; it may come from the page and refuse to be any. */
export const toText = (value: unknown): string => {
  try {
    return String(value)
  } catch {
    return typeof value
  }
}
