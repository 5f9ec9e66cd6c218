import type { Settings } from './options.ts'
import { version } from '../version.ts'

export interface BannerOptions {
  settings: Pick<Settings, 'data' | 'demo' | 'sites' | 'apiKey'>
  url: string
  /** The key that was made in this run. */
  created: string | undefined
}

const describeKey = ({ settings, created }: BannerOptions): string => {
  if (created) return `${created}   shown this once: keep it`
  return settings.apiKey ? 'as given' : 'as shown at the first start'
}

/** What a person reads who started the collector. */
export const toBanner = (options: BannerOptions): string => {
  const { settings, url } = options
  const [site] = settings.sites
  const lines: [label: string, value: string][] = [
    ['Live page', `${url}/`],
    ...(settings.demo ? ([['Demo', `${url}/demo/`]] satisfies [string, string][]) : []),
    ...(site ? ([['Script', `<script async src="${url}/sojourn.js" data-site="${site.id}"></script>`]] satisfies [string, string][]) : []),
    ['API', `${url}/v1/openapi.json`],
    ['Data', settings.data],
    ['API key', describeKey(options)],
  ]
  return `\nSojourn ${version}\n\n${lines.map(([label, value]) => `  ${label.padEnd(10)} ${value}`).join('\n')}\n\n`
}
