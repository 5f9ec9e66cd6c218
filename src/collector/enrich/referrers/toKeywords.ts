import { limits } from '../../../model/limits.ts'
import type { ReferrerSource } from './parseReferrerTable.ts'

/** Encoding of words that are neither UTF-8 nor what the site is known for. */
const usualCharset = 'windows-1252'

/** Bytes of a value as it stands in a query. */
const toBytes = (value: string): Uint8Array =>
  Uint8Array.from(
    Buffer.from(
      value.replaceAll('+', ' ').replace(/%([0-9a-f]{2})|[^\x20-\x7e]/gi, (found, hex?: string) => (hex ? String.fromCharCode(Number.parseInt(hex, 16)) : Buffer.from(found).toString('latin1'))),
      'latin1',
    ),
  )

/** @returns undefined when the bytes are no text of the encoding, or nobody knows the encoding */
const decodeAs = (bytes: Uint8Array, charset: string): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const decode = (value: string, charsets: readonly string[]): string => {
  const bytes = toBytes(value)
  return charsets.map(charset => decodeAs(bytes, charset)).find(text => text !== undefined) ?? ''
}

/** Values by name, the first of each, as they stand in the query. */
const toValues = (queryString: string): Map<string, string> =>
  new Map(
    queryString
      .split('&')
      .map(pair => {
        const [name = '', ...value] = pair.split('=')
        return [name, value.join('=')] as const
      })
      .reverse(),
  )

/**
 * Words that a search engine was asked for, as far as its address still tells them. Percent-encoded bytes are taken for UTF-8, else for
 * what the parameter `ie` says, else for the encoding that the engine is known for.
 */
export const toKeywords = (queryString: string, { keywords = [], charset }: ReferrerSource): string | undefined => {
  const values = toValues(queryString)
  const charsets = ['utf-8', values.get('ie'), charset, usualCharset].flatMap(each => each || [])
  const words = keywords.map(name => decode(values.get(name) ?? '', charsets).trim().slice(0, limits.keywords))
  return words.find(Boolean)
}
