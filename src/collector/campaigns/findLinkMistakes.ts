import type { Campaign } from '../../model/event.ts'
import { limits } from '../../model/limits.ts'
import { redactText } from '../../model/redactUrl.ts'
import type { SiteCampaign } from '../../model/siteCampaign.ts'
import { parseUrl } from '../../model/url.ts'
import { nearest } from '../settings/nearest.ts'
import { campaignFields, campaignParameters, clickIdParameters, tagParameters } from '../../model/campaignParameters.ts'

/** What people get wrong in links, and what it leads to. */
export const linkMistakes = [
  ...(['other-host', 'internal-link', 'after-hash', 'second-question-mark', 'parameter-case', 'unknown-parameter', 'empty', 'repeated'] as const),
  ...(['missing-source', 'missing-medium', 'mixed-case', 'spaces', 'too-long', 'personal'] as const),
]

/** Something about a link that probably is not meant. */
export interface LinkMistake {
  code: (typeof linkMistakes)[number]
  /** What it is and what to do, for a person. */
  text: string
}

export interface CheckedLink {
  /** The address as the page sees it. */
  url: string
  /** What it counts as. */
  campaign: Campaign
  /** How the site reads campaigns. */
  options: SiteCampaign
  /** The link leads to a host that is not the site's. */
  isElsewhere: boolean
  /** The link stands on a page of the site itself. */
  isInternal: boolean
}

/** A parameter as it stands in an address. */
interface Tag {
  name: string
  value: string
  isInFragment: boolean
}

const readTags = (url: string): Tag[] => {
  const { search, hash } = parseUrl(url)
  const read = (text: string, isInFragment: boolean): Tag[] =>
    [...new URLSearchParams(text.replaceAll('&amp;', '&'))].map(([name, value]) => ({ name, value: value.trim(), isInFragment }))
  return [...read(search, false), ...read(hash.replace(/[#?]/g, '&'), true)]
}

type Find = (link: CheckedLink, tags: readonly Tag[], known: readonly string[]) => LinkMistake[]

const findPlaces: Find = ({ url, isElsewhere, isInternal }, tags, known) => {
  const own = tags.filter(({ name }) => known.includes(name))
  const hidden = tags.flatMap(({ value }) => /\?([\w.-]+)=/.exec(value)?.[1] ?? []).find(name => known.includes(name))
  return [
    ...(isElsewhere ? [{ code: 'other-host' as const, text: `${parseUrl(url).hostname || 'This'} is none of the site's hosts: a visit there does not count for it.` }] : []),
    ...(isInternal && own.length
      ? [{ code: 'internal-link' as const, text: 'Tags on links within the site begin a new session and take the place of the campaign that brought the visitor. Leave them out there.' }]
      : []),
    ...(own.some(({ isInFragment }) => isInFragment)
      ? [{ code: 'after-hash' as const, text: 'Tags stand after the #. They count here, but other tools and redirects lose them: put them before it.' }]
      : []),
    ...(hidden ? [{ code: 'second-question-mark' as const, text: `There is a second ? before ${hidden}. It counts here, but other tools do not read it: write & there.` }] : []),
  ]
}

const findNames: Find = (_link, tags, known) => {
  const tagged = tags.filter(({ name }) => known.includes(name))
  const unknown = tags.filter(({ name }) => !known.includes(name))
  const names = [...new Set(tagged.map(({ name }) => name))]
  return [
    ...unknown.flatMap(({ name }): LinkMistake[] => {
      const meant = known.find(each => each.toLowerCase() === name.toLowerCase())
      if (meant !== undefined) return [{ code: 'parameter-case', text: `${name} is not read: the case of parameter names matters. Write ${meant}.` }]
      if (!/^utm/i.test(name)) return []
      const like = nearest(name, known)
      return [{ code: 'unknown-parameter', text: `${name} is not read${like === undefined ? '' : `; did you mean ${like}?`}` }]
    }),
    ...names.flatMap((name): LinkMistake[] => {
      const values = tagged.filter(each => each.name === name).map(({ value }) => value)
      if (!values.some(Boolean)) return [{ code: 'empty', text: `${name} has no value.` }]
      return new Set(values.filter(Boolean)).size > 1 ? [{ code: 'repeated', text: `${name} stands there more than once: the first value counts.` }] : []
    }),
    ...tagged.filter(({ value }) => value.length > limits.campaignValue).map(({ name }): LinkMistake => ({ code: 'too-long', text: `${name} is cut to ${limits.campaignValue} characters.` })),
  ]
}

const findValues: Find = ({ campaign, options }, tags, known) => {
  const isTagged = campaignFields.some(field => campaign[field] !== undefined)
  const missing = isTagged ? (['source', 'medium'] as const).filter(field => campaign[field] === undefined) : []
  const named = (['name', 'source', 'medium'] as const).flatMap(field => (campaign[field] === undefined ? [] : [[field, campaign[field]] as const]))
  return [
    ...missing.map(
      (field): LinkMistake => ({ code: `missing-${field}`, text: `The ${field} is missing${campaignParameters(options, field)[0] ? `: add ${campaignParameters(options, field)[0]}` : ''}. Without it the campaign cannot be compared with others.` }),
    ),
    ...named
      .filter(([, value]) => value !== value.toLowerCase())
      .map(([field, value]): LinkMistake => ({ code: 'mixed-case', text: `${field}: ${value} and ${value.toLowerCase()} are counted apart. Write it in lower case, or name ${field} under "lowercase" in the configuration.` })),
    ...named.filter(([, value]) => /\s/.test(value)).map(([field, value]): LinkMistake => ({ code: 'spaces', text: `${field}: ${value} has spaces, which are easily written in another way. Write - or _ instead.` })),
    ...tags
      .filter(({ name, value }) => known.includes(name) && redactText(value) !== value)
      .map(({ name }): LinkMistake => ({ code: 'personal', text: `${name} has a mail address in it, which is taken out before it is kept. Never put into a link who is to click it.` })),
  ]
}

/** Finds what is probably not meant in a link. An address without any tag is none that somebody tagged wrongly. */
export const findLinkMistakes = (link: CheckedLink): LinkMistake[] => {
  const tags = readTags(link.url)
  const known = [...tagParameters(link.options), ...clickIdParameters(link.options)]
  return [findPlaces, findNames, findValues].flatMap(find => find(link, tags, known))
}
