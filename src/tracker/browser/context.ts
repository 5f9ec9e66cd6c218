import { limits, type BatchContext, type UserAgentData } from '../../model/index.ts'

interface NavigatorUserAgentData extends UserAgentData {
  getHighEntropyValues?(hints: string[]): Promise<UserAgentData>
}

/** What a browser makes at the first look: so nothing looks before it is wanted, for the page's parser would stand still for it. */
interface Lazy {
  /** It turns itself into its low-entropy part when it is encoded as JSON. */
  userAgentData?: NavigatorUserAgentData
  Temporal?: { Now: { timeZoneId(): string } }
}

const hints = ['fullVersionList', 'model', 'platformVersion']

/** Reads what all events of a batch share. */
export const createContext = (app: BatchContext['app']): { read(): BatchContext; refine(): void } => {
  let refined: UserAgentData | undefined
  let timezone: string | undefined
  return {
    read: () =>
      ({
        // A browser may be told to say nothing, and an empty text would be refused.
        userAgent: navigator.userAgent.slice(0, limits.userAgent) || undefined,
        userAgentData: refined ?? (navigator as Lazy).userAgentData,
        language: navigator.language || undefined,
        // `Intl` takes tens of milliseconds to tell it the first time, `Temporal` (Chromium 144, Firefox 139) a third of one; and a page that is about
        // to be gone asks for each request.
        timezone: (timezone ??= (globalThis as Lazy).Temporal?.Now.timeZoneId() ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
        screen: { width: screen.width, height: screen.height, density: devicePixelRatio },
        viewport: { width: innerWidth, height: innerHeight },
        app,
      }) as BatchContext,
    /** Asks for the exact versions. They come from a promise that only Chromium has; nothing waits for it, a batch that goes before them says what is known. */
    refine: () =>
      void (navigator as Lazy).userAgentData?.getHighEntropyValues?.(hints).then(
        values => (refined = values),
        () => undefined, // The page's permissions policy refuses the hints: the low-entropy part has to do.
      ),
  }
}
