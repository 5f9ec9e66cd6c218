import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A site of the reference list: its name, and addresses of it, without a scheme. */
export interface ReferenceSite {
  name: string
  addresses: string[]
}

const folder = process.env.REFERENCE_DATA ?? fileURLToPath(new URL('../../../shared/data', import.meta.url))

/** Top level domains that stand for all where the list leaves them open. */
const topLevelDomains = ['com', 'de', 'fr', 'co.uk', 'com.br']

/** Countries that stand for all where the list leaves the first label open. */
const countries = ['uk', 'fr']

const expand = (address: string): string[] => {
  if (address.startsWith('{}.')) return countries.map(country => address.replace('{}', country))
  return address.includes('{}') ? topLevelDomains.map(domain => address.replace('{}', domain)) : [address]
}

const unquote = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2')

/** Reads a list: a name without indentation, then its addresses as items, for search engines those below `urls:` alone. */
const readSites = (file: string): ReferenceSite[] => {
  const sites: ReferenceSite[] = []
  let isAddress = true
  for (const line of readFileSync(`${folder}/${file}`, 'utf8').split('\n')) {
    if (/^[^\s#]/.test(line)) {
      sites.push({ name: decodeURIComponent(unquote(line.replace(/:\s*$/, ''))), addresses: [] })
      isAddress = true
      continue
    }
    const key = /^[\s-]+(\w+):/.exec(line)
    if (key) isAddress = key[1] === 'urls'
    const item = /^\s+- (.+)/.exec(line)
    if (item && !key && isAddress) sites.at(-1)!.addresses.push(...expand(unquote(item[1]!)))
  }
  return sites
}

/** The list of search engines, social networks and AI assistants that the project's own is measured against. It is no part of the project. */
export const readReference = () => ({
  searchEngines: readSites('matomo-SearchEngines.yml'),
  socialNetworks: readSites('matomo-Socials.yml'),
  assistants: readSites('matomo-AIAssistants.yml'),
})
