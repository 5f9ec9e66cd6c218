/**
 * What is measured: an empty page, a queue of forty lines, Sojourn, and what users would pick instead.
 *
 * @typedef {object} Subject
 * @property {string} id of letters alone: it stands in markers
 * @property {string} name
 * @property {string} [package] as npm has it
 * @property {'none' | 'memory' | 'durable'} queue where events wait that could not be sent
 * @property {string} settings what it is told, beside its address: the most durable that its documents offer
 * @property {string} [entry] module that starts it; it finds `collectorUrl`, and leaves `trackBench(marker)`
 */

/** @type {Subject[]} */
export const subjects = [
  { id: 'empty', name: 'an empty page', queue: 'none', settings: '', entry: 'globalThis.trackBench = () => undefined' },
  { id: 'control', name: 'control', queue: 'durable', settings: 'an IndexedDB queue of 40 lines, sent every 5 s', entry: `import './control.mjs'` },
  { id: 'sojourn', name: 'Sojourn', queue: 'durable', settings: 'defaults' },
  {
    id: 'snowplow',
    name: 'Snowplow',
    package: '@snowplow/browser-tracker',
    queue: 'durable',
    settings: "`eventMethod: 'post'`, `stateStorageStrategy: 'cookieAndLocalStorage'`, `keepalive`, `bufferSize: 20`, its queue in localStorage",
    entry: `import { newTracker, trackPageView, trackSelfDescribingEvent } from '@snowplow/browser-tracker'
      newTracker('sp', collectorUrl, { appId: 'bench', eventMethod: 'post', stateStorageStrategy: 'cookieAndLocalStorage', keepalive: true, bufferSize: 20, encodeBase64: false, retryFailedRequests: true, contexts: { session: true, webPage: true } })
      trackPageView()
      globalThis.trackBench = marker => trackSelfDescribingEvent({ event: { schema: 'iglu:com.example/bench/jsonschema/1-0-0', data: { marker } } })`,
  },
  {
    id: 'posthog',
    name: 'PostHog',
    package: 'posthog-js',
    queue: 'memory',
    settings: "`persistence: 'localStorage+cookie'`, `request_batching`, no replay, no surveys, no flags; it has no durable queue",
    entry: `import posthog from 'posthog-js/dist/module.slim.no-external'
      posthog.init('phc_bench', { api_host: collectorUrl, persistence: 'localStorage+cookie', request_batching: true, autocapture: false, capture_pageview: true, capture_pageleave: false, disable_session_recording: true, disable_surveys: true, advanced_disable_decide: true, advanced_disable_flags: true, disable_external_dependency_loading: true, opt_out_useragent_filter: true, person_profiles: 'identified_only' })
      globalThis.trackBench = marker => posthog.capture('bench', { marker })`,
  },
  {
    id: 'rudder',
    name: 'RudderStack',
    package: '@rudderstack/analytics-js',
    queue: 'durable',
    settings: 'the bundled build, its queue in localStorage, `queueOptions.batch`',
    entry: `import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'
      const analytics = new RudderAnalytics()
      const source = { id: 's', name: 'bench', writeKey: 'bench', enabled: true, workspaceId: 'w', config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } }, connections: [], destinations: [] }
      analytics.load('bench', collectorUrl, { configUrl: collectorUrl, getSourceConfig: () => ({ source, updatedAt: '' }), queueOptions: { batch: { enabled: true, maxItems: 100, flushInterval: 5000 } }, sessions: { autoTrack: true }, sendAdblockPage: false })
      analytics.page()
      globalThis.trackBench = marker => analytics.track('bench', { marker })`,
  },
  {
    id: 'segment',
    name: 'Segment',
    package: '@segment/analytics-next',
    queue: 'durable',
    settings: "`deliveryStrategy: 'batching'` with `keepalive`, its retry queue in localStorage",
    entry: `import { AnalyticsBrowser } from '@segment/analytics-next'
      const url = new URL(collectorUrl)
      const segment = { apiKey: 'bench', apiHost: url.host + '/v1', protocol: 'http', deliveryStrategy: { strategy: 'batching', config: { size: 100, timeout: 5000, keepalive: true } } }
      const analytics = AnalyticsBrowser.load({ writeKey: 'bench', cdnSettings: { integrations: { 'Segment.io': segment } } }, { integrations: { 'Segment.io': segment } })
      analytics.page()
      globalThis.trackBench = marker => void analytics.track('bench', { marker })`,
  },
  {
    id: 'amplitude',
    name: 'Amplitude',
    package: '@amplitude/analytics-browser',
    queue: 'durable',
    settings: 'its queue in localStorage, `flushIntervalMillis: 5000`, `flushQueueSize: 100`',
    entry: `import * as amplitude from '@amplitude/analytics-browser'
      amplitude.init('bench', { serverUrl: collectorUrl + '/2/httpapi', autocapture: { pageViews: true, sessions: true, attribution: true, formInteractions: false, fileDownloads: false, elementInteractions: false }, flushQueueSize: 100, flushIntervalMillis: 5000, fetchRemoteConfig: false, remoteConfig: { fetchRemoteConfig: false } })
      globalThis.trackBench = marker => void amplitude.track('bench', { marker })`,
  },
  {
    id: 'mixpanel',
    name: 'Mixpanel',
    package: 'mixpanel-browser',
    queue: 'durable',
    settings: "`batch_requests` (its queue in localStorage), `persistence: 'localStorage'`, `batch_size: 100`",
    entry: `import mixpanel from 'mixpanel-browser/dist/mixpanel-core.cjs.js'
      mixpanel.init('bench', { api_host: collectorUrl + '/mixpanel', persistence: 'localStorage', batch_requests: true, batch_size: 100, batch_flush_interval_ms: 5000, track_pageview: true, api_payload_format: 'json', record_sessions_percent: 0, autocapture: false, ignore_dnt: true })
      globalThis.trackBench = marker => mixpanel.track('bench', { marker })`,
  },
  {
    id: 'plausible',
    name: 'Plausible',
    package: '@plausible-analytics/tracker',
    queue: 'none',
    settings: 'one request an event; it has no queue',
    entry: `import { init, track } from '@plausible-analytics/tracker'
      init({ domain: 'bench', endpoint: collectorUrl + '/api/event', captureOnLocalhost: true, logging: false })
      globalThis.trackBench = marker => track('bench', { props: { marker } })`,
  },
  {
    id: 'faro',
    name: 'Faro',
    package: '@grafana/faro-web-sdk',
    queue: 'memory',
    settings: '`batching` with `itemLimit: 100` and `sendTimeout: 5000`, sessions kept, no instrumentations; it has no durable queue',
    entry: `import { initializeFaro, SessionInstrumentation, ViewInstrumentation } from '@grafana/faro-web-sdk'
      const faro = initializeFaro({ url: collectorUrl + '/collect', app: { name: 'bench', version: '1' }, instrumentations: [new SessionInstrumentation(), new ViewInstrumentation()], batching: { enabled: true, itemLimit: 100, sendTimeout: 5000 }, sessionTracking: { enabled: true, persistent: true }, dedupe: false })
      globalThis.trackBench = marker => faro.api.pushEvent('bench', { marker })`,
  },
]
