/**
 * Bounds of everything that crosses the wire, checked before any work. Lengths are in UTF-16 units unless they say bytes.
 * They are part of the protocol: the page cuts to them, the collector refuses what exceeds them.
 */
export const limits = {
  /** Bytes of a request body, after decompression. */
  batchBytes: 1_048_576,
  /** Events in a batch. */
  batchEvents: 1000,
  /** Nesting of a batch: batch, events, event, page, breadcrumb. */
  depth: 8,
  url: 4096,
  title: 512,
  /** Short texts: language, time zone, type names, versions. */
  name: 255,
  keywords: 1024,
  userAgent: 1024,
  breadcrumbs: 20,
  attributes: 64,
  attributeName: 100,
  attributeValue: 8192,
  listValues: 100,
  searchTerms: 10,
  searchTerm: 255,
  campaignValue: 255,
  /** What a landing address says of its campaign. */
  campaignTags: 2048,
  /** Names that a page gives for its own parameters, of each kind. */
  ownParameters: 50,
  token: 8192,
  tab: 32,
  /** Highest `seq`. */
  seq: 1_000_000,
  /** Latest instant, milliseconds since 1970: the end of the year 9999. */
  instant: 253_402_300_799_999,
  /** Longest waiting time of a session, seconds: a year. */
  seconds: 31_536_000,
  /** Milliseconds that a batch may ask the collector to wait. */
  wait: 10_000,
  /** Sessions of one visitor that are counted. */
  sessionIndex: 1_000_000,
  /** Width and height of screens and windows. */
  pixels: 100_000,
  /** Names under which a browser goes. */
  brands: 20,
  /** Attribute values a Session keeps, each value of a list counted: scalars first, then by name. */
  sessionAttributes: 1000,
  /** Tabs of a Session that are told apart, and runs of received numbers within a tab. Events beyond are counted, without saying which are missing. */
  sessionTabs: 2000,
} as const
