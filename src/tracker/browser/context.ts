import type { BatchContext, UserAgentData } from '../../model/index.ts'

interface NavigatorUserAgentData extends UserAgentData {
  getHighEntropyValues?(hints: string[]): Promise<UserAgentData>
}

const hints = ['fullVersionList', 'model', 'platformVersion', 'architecture']

/**
 * Reads what all events of a batch share. The exact versions come from a promise that only Chromium has; nothing waits for
 * it, a batch that goes before them says what is known.
 */
export const createContext = (app: BatchContext['app']): (() => BatchContext) => {
  const source = (navigator as { userAgentData?: NavigatorUserAgentData }).userAgentData
  let known: UserAgentData | undefined = source && {
    ...(source.brands && { brands: source.brands }),
    ...(source.mobile !== undefined && { mobile: source.mobile }),
    ...(source.platform && { platform: source.platform }),
  }
  source?.getHighEntropyValues?.(hints).then(
    values => (known = { ...known, ...values }),
    () => known, // The page's permissions policy refuses the hints: the low-entropy part has to do.
  )
  return () => ({
    userAgent: navigator.userAgent,
    ...(known && { userAgentData: known }),
    language: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
    viewport: { width: innerWidth, height: innerHeight },
    ...(app && { app }),
  })
}
