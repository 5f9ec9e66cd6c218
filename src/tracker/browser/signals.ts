/** True when the browser says, for all sites, that the visitor does not want to be tracked (Global Privacy Control). */
export const hasPrivacyControl = (): boolean => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

/** Calls back when the browser believes that it has a network again. */
export const onOnline = (callback: () => void): (() => void) => {
  addEventListener('online', callback)
  return () => removeEventListener('online', callback)
}
