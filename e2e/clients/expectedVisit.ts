import { expect } from 'vitest'

/** What only the collector can know: an id, or a hash, that it has made. */
export const someText = expect.any(String) as string

/** User agent string of the browser in which the visits of these tests are made. */
export const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36'

/** What the collector finds out from that. */
export const seenIn = {
  userAgentString: chrome,
  browser: { family: 'Chrome', version: '140.0.0.0', isMobile: false, featuresFlash: false, featuresJava: false, featuresPdf: true, featuresWebrtc: true, fingerprint: someText },
  device: { category: 'desktop', type: 'Other', isMobile: false, osFamily: 'Linux', osVersion: '', fingerprint: someText },
}

/** Whose visit it is, and when: milliseconds since 1970. */
export interface ExpectedVisit {
  id: string
  customer: { id: string; type: string }
  first: number
  last: number
  lastEvent: { id: string; eventName: string }
}

export const toDate = (at: number): string => new Date(at).toISOString()

export const sessionUri = (id: string): string => `/api/v2/journey/sessions/${id}`

/** A visit as the client reads it: what the collector adds to every one, and what was told of this one. */
export const expectedVisit = ({ id, customer, first, last, lastEvent }: ExpectedVisit, told: object): object => ({
  id,
  type: 'web',
  createdDate: toDate(first),
  customerId: customer.id,
  customerIdType: customer.type,
  lastEvent: { ...lastEvent, createdDate: toDate(last) },
  durationInSeconds: Math.floor((last - first) / 1000),
  idleDate: toDate(last + 60_000),
  awayDate: toDate(last + 300_000),
  shortId: expect.stringMatching(/^\d{4}$/) as string,
  ipAddress: '127.0.0.1',
  authenticated: false,
  selfUri: sessionUri(id),
  ...told,
})
