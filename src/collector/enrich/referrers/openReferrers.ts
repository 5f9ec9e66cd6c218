import { readFileSync } from 'node:fs'
import { checkList, checkObject, checkText, checkThat, checkWord, OptionError } from '../../settings/check.ts'
import type { ReferrerSource } from './parseReferrerTable.ts'

/** Media that an owner may give a site. `internal` and `paid` follow from the site's own pages and from campaigns. */
const media = ['search', 'social', 'email', 'unknown'] as const

/** A host: labels, of which the last may be `*`, with a dot before them for their subdomains and a path behind. Or a package. */
const host = /^\.?[\w-]+(\.[\w-]+)*(\.\*)?(\/[^\s?#]*[^\s?#/])?$/

const isCharset = (value: unknown): value is string => {
  if (typeof value !== 'string') return false
  try {
    return new TextDecoder(value).encoding !== ''
  } catch {
    return false
  }
}

const checkSources = checkList(
  checkObject<ReferrerSource>(
    {
      name: checkText,
      medium: checkWord(media),
      hosts: checkList(
        checkThat(
          'a host such as portal.example.com, .example.com with its subdomains, example.* or example.com/search, in lower case, without https://',
          (value): value is string => typeof value === 'string' && host.test(value),
        ),
      ),
      keywords: checkList(checkText),
      charset: checkThat('the name of an encoding such as windows-1251', isCharset),
    },
    ['name', 'medium', 'hosts'],
  ),
)

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new OptionError('referrers', cause instanceof SyntaxError ? `${file} is no JSON (${cause.message})` : `${file} cannot be read`)
  }
}

/**
 * Reads the owner's file of sites that visitors come from: a list, each entry as `ReferrerSource`. Without a file there are none.
 *
 * @throws OptionError for the first thing that is wrong; it names the file, and the option or the entry
 */
export const openReferrers = (file?: string): ReferrerSource[] => {
  if (file === undefined) return []
  const sources = readJson(file)
  try {
    return checkSources(sources, 'referrers')
  } catch (cause) {
    throw cause instanceof OptionError ? new OptionError(file, cause.message) : cause
  }
}
