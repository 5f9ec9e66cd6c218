/** What is undefined where the platform refuses by throwing: a parser for what is no such text, storage that the visitor blocks. */
export const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work()
  } catch {
    return undefined
  }
}
