/**
 * Wraps callbacks that the browser or the page calls: nothing of ours throws into the host page. What was thrown is
 * reported, each message once.
 */
export const createGuard = (report: (cause: unknown) => void) => {
  const reported = new Set<string>()
  const guard =
    <A extends unknown[]>(callback: (...args: A) => void) =>
    (...args: A): void => {
      try {
        callback(...args)
      } catch (cause) {
        if (reported.size < 10 && !reported.has(String(cause))) {
          reported.add(String(cause))
          report(cause)
        }
      }
    }
  return guard
}

export type Guard = ReturnType<typeof createGuard>
