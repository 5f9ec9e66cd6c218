import type { ReferrerMedium } from '../../../model/referrer.ts'

/** A site that visitors come from, and how it is recognised. */
export interface ReferrerSource {
  name: string
  medium: ReferrerMedium
  /**
   * Hosts, each with its `www.` and mobile names: `example.com`; with every subdomain: `.example.com`; under every top level domain:
   * `example.*`; for a part of its paths: `example.com/search`. An Android app is the name of its package.
   */
  hosts: string[]
  /** Query parameters that hold the words searched for, first match wins. */
  keywords?: string[]
  /** Encoding of the words, where they are no UTF-8, e.g. `gb18030`. */
  charset?: string
}

/** Where the words of a search engine are, when the table does not say. */
const usualKeywords = ['q']

const parseLine = (line: string, medium: ReferrerMedium): ReferrerSource => {
  const end = line.indexOf(': ')
  const words = line.slice(end + 2).split(/\s+/)
  const marked = (mark: string): string | undefined => words.find(word => word.startsWith(mark))?.slice(1)
  const keywords = marked('?')?.split(',') ?? (medium === 'search' ? usualKeywords : undefined)
  const charset = marked('!')
  return {
    name: line.slice(0, end),
    medium,
    hosts: words.filter(word => !/^[?!]/.test(word)),
    ...(keywords && { keywords }),
    ...(charset && { charset }),
  }
}

/**
 * Reads a table of sites of one medium: a line each, longer ones go on indented. After the name come the hosts, then `?` with the query
 * parameters that hold the words searched for, and `!` with the encoding of those words where it is another than UTF-8, as in
 * `Excite: search.excite.* excite.co.jp ?q,search !shift_jis`.
 */
export const parseReferrerTable = (table: string, medium: ReferrerMedium): ReferrerSource[] =>
  table
    .trim()
    .replace(/\n +/g, ' ')
    .split('\n')
    .map(line => parseLine(line, medium))
