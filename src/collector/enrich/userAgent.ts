import { UAParser } from 'ua-parser-js'
import type { BatchContext, UserAgentData } from '../../model/batch.ts'
import { defined } from '../../model/defined.ts'
import type { Browser, Device } from '../../model/session.ts'
import { hashText } from '../../model/hashText.ts'
import { createLookup } from './createLookup.ts'

/** What is told when nothing is known. */
const unknown = 'Other'

/** Names of brands in client hints, as the user agent string of the same browser calls it. */
const families: Record<string, string> = { 'Google Chrome': 'Chrome', 'Microsoft Edge': 'Edge', 'YaBrowser': 'Yandex', 'HeadlessChrome': 'Chrome Headless' }

/** Brand that every browser of the kind names, and the ones that are made up so that nobody relies on a list (GREASE). */
const isTelling = (brand: string): boolean => brand !== 'Chromium' && !/not.?a.?brand/i.test(brand.replace(/[^a-z]/gi, ''))

/** Windows does not say its version in the user agent string; the hint counts releases, and 13 is the first of Windows 11. */
const windowsVersions: readonly [from: number, version: string][] = [
  [13, '11'],
  [1, '10'],
]

const toWindowsVersion = (platformVersion: string): string | undefined =>
  windowsVersions.find(([from]) => Number.parseInt(platformVersion, 10) >= from)?.[1]

interface Agent {
  family: string
  version: string
  osFamily: string
  osVersion: string
  model?: string
  manufacturer?: string
  type?: string
}

/** Reduced user agent strings say `K` for every Android device. */
const toModel = (model: string | undefined): string | undefined => (model && model !== 'K' ? model : undefined)

const parseUserAgent = (userAgent: string): Agent => {
  const { browser, os, device } = new UAParser(userAgent).getResult()
  const model = toModel(device.model)
  return {
    family: browser.name ?? unknown,
    version: browser.version ?? '',
    osFamily: os.name ?? unknown,
    osVersion: os.version ?? '',
    ...(model && { model }),
    ...(device.vendor && { manufacturer: device.vendor }),
    ...(device.type && { type: device.type }),
  }
}

/** What the sender knows of itself goes before what its user agent string says. */
const withGiven = (agent: Agent, { browser = {}, device = {} }: BatchContext): Agent => ({
  ...agent,
  ...defined({ family: browser.family, version: browser.version, osFamily: device.osFamily, osVersion: device.osVersion, model: device.type, manufacturer: device.manufacturer }),
})

/** Lets client hints, which are exact, correct what the user agent string says only roughly. */
const withHints = (agent: Agent, hints: UserAgentData): Agent => {
  const [brand] = (hints.fullVersionList ?? []).filter(entry => isTelling(entry.brand))
  const family = brand && (families[brand.brand] ?? brand.brand)
  const isSame = family !== undefined && (family === agent.family || agent.family.startsWith('Chrome'))
  const osVersion = hints.platform === 'Windows' ? toWindowsVersion(hints.platformVersion ?? '') : hints.platformVersion
  const model = toModel(hints.model)
  return {
    ...agent,
    ...(isSame && brand && { family, version: brand.version }),
    ...(osVersion && { osVersion }),
    ...(model && { model }),
    ...(hints.mobile && !agent.type && { type: 'mobile' }),
  }
}

const desktops = /^(Windows|Mac OS|macOS|Linux|Chrome|Chromium|Ubuntu|Debian|Fedora|FreeBSD|OpenBSD|NetBSD|.*Linux)/

const toCategory = ({ type, osFamily }: Agent): Device['category'] => {
  if (type === 'mobile' || type === 'tablet') return type
  return !type && desktops.test(osFamily) ? 'desktop' : 'other'
}

const withoutWebrtc = /^(IE|IEMobile|Opera Mini|Other)/
const withoutPdf = /^(IE|Opera|Other)/

/** Browsers show PDF files themselves on desktops, and everywhere on Apple's systems. */
const hasPdf = (agent: Agent): boolean => !withoutPdf.test(agent.family) && (toCategory(agent) === 'desktop' || agent.osFamily === 'iOS')

const toBrowser = (agent: Agent, { language, viewport }: BatchContext): Browser => ({
  family: agent.family,
  version: agent.version,
  ...(language && { lang: language }),
  isMobile: agent.type === 'mobile',
  ...(viewport && { viewHeight: Math.round(viewport.height), viewWidth: Math.round(viewport.width) }),
  featuresFlash: false,
  featuresJava: false,
  featuresPdf: hasPdf(agent),
  featuresWebrtc: !withoutWebrtc.test(agent.family),
})

const toDevice = (agent: Agent, { screen }: BatchContext): Device => ({
  category: toCategory(agent),
  type: agent.model ?? unknown,
  isMobile: agent.type === 'mobile',
  ...(screen && {
    screenHeight: Math.round(screen.height),
    screenWidth: Math.round(screen.width),
    screenDensity: Math.round(screen.density),
  }),
  osFamily: agent.osFamily,
  osVersion: agent.osVersion,
  ...(agent.manufacturer && { manufacturer: agent.manufacturer }),
})

/**
 * Tells browser and device from the user agent string, corrected by client hints. Strings are taken apart once: taking one apart
 * costs more than everything else that is done with a batch. What has been told of a window is told again to all of its batches.
 */
export const createUserAgentParser = () => {
  const parse = createLookup(parseUserAgent)
  const toFingerprint = createLookup(hashText)
  /** Names a kind of browser or device by what is told of it anyway: many have the same, and one that is updated gets another. */
  const sign = (...traits: unknown[]): string => toFingerprint(JSON.stringify(traits))

  const describe = (userAgent: string, context: BatchContext): { browser: Browser; device: Device } => {
    const agent = withGiven(withHints(parse(userAgent), context.userAgentData ?? {}), context)
    const { viewHeight: _height, viewWidth: _width, ...traits } = toBrowser(agent, context)
    const device = { ...toDevice(agent, context), ...defined({ category: context.device?.category, isMobile: context.device?.isMobile }) }
    return {
      browser: { ...toBrowser(agent, context), fingerprint: sign(traits) },
      device: { ...device, fingerprint: context.device?.fingerprint ?? sign(device) },
    }
  }

  const look = createLookup(key => describe(...(JSON.parse(key) as Parameters<typeof describe>)))
  return (userAgent: string, context: BatchContext) => look(JSON.stringify([userAgent, context]))
}
