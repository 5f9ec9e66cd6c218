/** What an error says. Errors of packages come out of a thread as other objects. */
export const toReason = (cause: unknown): string => String(typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : cause)
