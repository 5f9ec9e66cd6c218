import { bundleSubject } from './bundleSubject.mjs'
import { createSink } from './createSink.mjs'

const html = (/** @type {string} */ text) => ({ type: 'text/html; charset=utf-8', body: text })

const page = (/** @type {string} */ head) => html(`<!doctype html><html lang="en"><head><title>Bench</title><link rel="icon" href="data:,">${head}</head><body><h1>Bench</h1></body></html>`)

/** How the tag of Sojourn is told where the collector is; the others have it in their bundle. */
const stub = `globalThis.sojourn = function () { (sojourn.q = sojourn.q || []).push(arguments) }
globalThis.trackBench = marker => sojourn('track', 'bench', { marker })`

/**
 * Puts a subject on a website of its own.
 *
 * @param {import('./subjects.mjs').Subject} subject
 * @param {string} packages folder that has the `node_modules` of the peers
 * @param {Buffer} [made] its script, where that is at hand
 */
export const openSubject = async (subject, packages, made) => {
  const script = made ?? (await bundleSubject(subject, packages))
  /** @type {Record<string, { type: string, body: string | Buffer }>} */
  const files = { '/subject.js': { type: 'text/javascript; charset=utf-8', body: script } }
  const sink = await createSink(files)
  const isTag = subject.entry === undefined
  const own = isTag ? stub : ''
  const tag = `<script src="/subject.js"${isTag ? ` data-site="bench" data-collector="${sink.collector}"` : ''}></script>`
  files['/'] = page(`<script>globalThis.collectorUrl = '${sink.collector}'\n${own}</script>${tag}`)
  files['/elsewhere'] = page('')
  return { subject, script, sink }
}

/** @typedef {Awaited<ReturnType<typeof openSubject>>} OpenSubject */
