import { defined, limits, type BatchContext, type UserAgentData } from '../../model/index.ts'

interface NavigatorUserAgentData extends UserAgentData {
  getHighEntropyValues?(hints: string[]): Promise<UserAgentData>
}

const hints = ['fullVersionList', 'model', 'platformVersion']

/**
 * Reads what all events of a batch share. The exact versions come from a promise that only Chromium has; nothing waits for
 * it, a batch that goes before them says what is known.
 */
export const createContext = (app: BatchContext['app']): (() => BatchContext) => {
  // It turns itself into its low-entropy part when it is encoded as JSON.
  let { userAgentData } = navigator as { userAgentData?: NavigatorUserAgentData }
  userAgentData?.getHighEntropyValues?.(hints).then(
    values => (userAgentData = values),
    () => undefined, // The page's permissions policy refuses the hints: the low-entropy part has to do.
  )
  // To ask for it takes milliseconds, more than all the rest, and a page that is about to be gone asks for each request.
  let timezone: string | undefined
  return () =>
    defined<BatchContext>({
      userAgent: navigator.userAgent.slice(0, limits.userAgent),
      userAgentData,
      language: navigator.language,
      timezone: (timezone ??= Intl.DateTimeFormat().resolvedOptions().timeZone),
      screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
      viewport: { width: innerWidth, height: innerHeight },
      app,
    })
}
