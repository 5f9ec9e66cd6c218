import type { UrlOptions } from './url.ts'

const toPattern = (names: readonly string[]): RegExp => RegExp(`([#?&])(?:(?:${names.map(name => name.replace(/\W/g, '\\$&')).join('|')})=[^&]*(?:&|$))+`, 'g')

/**
 * An address without the parameters that are excluded, also those behind the `#` unless it tells pages apart. The rest is as `toStoredUrl`
 * leaves it: so the address is kept as the same page as before. An address that is none stays as it is.
 */
export const withoutParameters = (address: string, { excludedQueryParameters: names = [], keepFragment = false }: UrlOptions): string => {
  if (!names.length || !URL.canParse(address)) return address
  const url = new URL(address)
  for (const name of names) if (url.searchParams.has(name)) url.searchParams.delete(name)
  const { hash } = url
  // The mark goes with what it stands before, unless more follows.
  const kept = keepFragment ? hash : hash.replace(toPattern(names), (found, mark: string, at: number) => (at + found.length < hash.length ? mark : ''))
  if (kept !== hash) url.hash = kept.slice(1)
  return url.href
}
