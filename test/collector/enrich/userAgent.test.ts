import { describe, expect, test } from 'vitest'
import { createUserAgentParser } from '../../../src/collector/enrich/userAgent.ts'
import type { BatchContext } from '../../../src/model/index.ts'

const parse = createUserAgentParser()

const agents = {
  chromeLinux: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  edgeWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0',
  chromeAndroid: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  firefoxWindows: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
  safariMac: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15',
  safariPhone:
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  safariTablet: 'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1',
  samsungPhone:
    'Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  television: 'Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36',
  internetExplorer: 'Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko',
}

const browserOf = (userAgent: string, context: BatchContext = {}): string => {
  const { family, version } = parse(userAgent, context).browser
  return `${family} ${version}`
}

const deviceOf = (userAgent: string, context: BatchContext = {}): string => {
  const { category, type, isMobile, osFamily, osVersion, manufacturer = 'unknown' } = parse(userAgent, context).device
  return `${category}, ${type} by ${manufacturer}, ${isMobile ? 'mobile' : 'not mobile'}, ${osFamily} ${osVersion}`
}

describe('a user agent string', () => {
  test.each([
    ['chromeLinux', 'Chrome 140.0.0.0', 'desktop, Other by unknown, not mobile, Linux '],
    ['edgeWindows', 'Edge 140.0.0.0', 'desktop, Other by unknown, not mobile, Windows 10'],
    ['chromeAndroid', 'Chrome 140.0.0.0', 'mobile, Other by unknown, mobile, Android 10'],
    ['firefoxWindows', 'Firefox 143.0', 'desktop, Other by unknown, not mobile, Windows 10'],
    ['safariMac', 'Safari 18.6', 'desktop, Macintosh by Apple, not mobile, Mac OS 10.15.7'],
    ['safariPhone', 'Mobile Safari 18.6', 'mobile, iPhone by Apple, mobile, iOS 18.6'],
    ['safariTablet', 'Mobile Safari 16.6', 'tablet, iPad by Apple, not mobile, iOS 16.6'],
    ['samsungPhone', 'Samsung Internet 28.0', 'mobile, SM-S918B by Samsung, mobile, Android 14'],
    ['television', 'Safari ', 'other, Other by unknown, not mobile, Tizen 6.0'],
    ['internetExplorer', 'IE 11.0', 'desktop, Other by unknown, not mobile, Windows 10'],
  ] as const)('of %s tells browser and device', (name, browser, device) => {
    expect(browserOf(agents[name])).toBe(browser)
    expect(deviceOf(agents[name])).toBe(device)
  })

  test.each(['', 'curl/8.5.0', 'x'.repeat(1024), '<script>alert(1)</script>'])('that tells nothing makes no trouble: %j', userAgent => {
    expect(browserOf(userAgent)).toMatch(/^\w+ /)
    expect(parse(userAgent, {}).device).toMatchObject({ category: 'other', type: 'Other', isMobile: false })
  })
})

describe('client hints', () => {
  const grease = { brand: 'Not=A?Brand', version: '24.0.0.0' }
  const chromium = { brand: 'Chromium', version: '140.0.7339.81' }
  const brandsOf = (brand: string, version = '140.0.7339.81') => [grease, chromium, { brand, version }]

  test.each([
    ['Google Chrome', agents.chromeLinux, 'Chrome 140.0.7339.81'],
    ['Microsoft Edge', agents.edgeWindows, 'Edge 140.0.7339.81'],
    ['Brave', agents.chromeLinux, 'Brave 140.0.7339.81'],
    ['Not-A.Brand', agents.chromeLinux, 'Chrome 140.0.0.0'],
  ])('name %s exactly', (brand, userAgent, expected) => expect(browserOf(userAgent, { userAgentData: { fullVersionList: brandsOf(brand) } })).toBe(expected))

  test('of another browser than the string names are not believed', () =>
    expect(browserOf(agents.firefoxWindows, { userAgentData: { fullVersionList: brandsOf('Google Chrome') } })).toBe('Firefox 143.0'))

  test.each([
    ['15.0.0', 'Windows 11'],
    ['13.0.0', 'Windows 11'],
    ['10.0.0', 'Windows 10'],
    ['0.3.0', 'Windows 10'],
    ['', 'Windows 10'],
  ])('tell Windows by platform version %j', (platformVersion, expected) =>
    expect(deviceOf(agents.edgeWindows, { userAgentData: { platform: 'Windows', platformVersion } })).toContain(expected))

  test('name the model and the version of Android', () =>
    expect(deviceOf(agents.chromeAndroid, { userAgentData: { platform: 'Android', platformVersion: '16.0.0', model: 'Pixel 9', mobile: true } })).toBe(
      'mobile, Pixel 9 by unknown, mobile, Android 16.0.0',
    ))
})

test('language, window and screen come from the page, in whole pixels', () => {
  const context = { language: 'de-AT', viewport: { width: 411.4, height: 731.6 }, screen: { width: 412, height: 915, density: 2.625 } }
  const { browser, device } = parse(agents.chromeAndroid, context)
  expect(browser).toMatchObject({ lang: 'de-AT', viewWidth: 411, viewHeight: 732, isMobile: true })
  expect(device).toMatchObject({ screenWidth: 412, screenHeight: 915, screenDensity: 3 })
})

test.each([
  ['chromeLinux', true, true],
  ['chromeAndroid', false, true],
  ['safariPhone', true, true],
  ['internetExplorer', false, false],
] as const)('%s shows PDF files: %s, has WebRTC: %s', (name, featuresPdf, featuresWebrtc) =>
  expect(parse(agents[name], {}).browser).toMatchObject({ featuresFlash: false, featuresJava: false, featuresPdf, featuresWebrtc }))
