import type { ContextKey } from '../../model/contextKeys.ts'
import type { CriteriaOperator } from '../../model/criteria.ts'
import type { journeyKeys } from '../../model/journeyKeys.ts'

/** What a condition on the session is about, as a reader calls it. */
export const contextWords: Record<ContextKey, string> = {
  'mktCampaign.source': 'Campaign source',
  'mktCampaign.medium': 'Campaign medium',
  'mktCampaign.name': 'Campaign name',
  'mktCampaign.term': 'Campaign term',
  'mktCampaign.content': 'Campaign content',
  'mktCampaign.clickId': 'Campaign click id',
  'mktCampaign.network': 'Campaign network',
  'referrer.url': 'Referrer address',
  'referrer.hostname': 'Referrer host',
  'referrer.medium': 'Kind of referrer',
  'geolocation.countryName': 'Country',
  'geolocation.country': 'Country code',
  'geolocation.region': 'Region',
  'geolocation.locality': 'Town',
  'geolocation.postalCode': 'Postal code',
  ipOrganization: 'Organization of the address',
  'device.category': 'Kind of device',
  'device.type': 'Device type',
  'device.osFamily': 'Operating system',
  'browser.family': 'Browser',
  'browser.version': 'Browser version',
  'browser.lang': 'Browser language',
  authenticated: 'Authenticated (true or false)',
}

/** What a condition on an event is about, beside its attributes. */
export const journeyWords: Record<(typeof journeyKeys)[number], string> = {
  'page.pathname': 'Page path',
  'page.title': 'Page title',
  'page.url': 'Page address',
  'page.queryString': 'Page query',
  'page.fragment': 'Page fragment',
  'page.hostname': 'Page host',
  'page.domain': 'Page domain',
  'page.keywords': 'Page keywords',
  searchQuery: 'Words searched for',
  eventName: 'Event name',
}

/** How it is compared. */
export const operatorWords: Record<CriteriaOperator, string> = {
  equal: 'is',
  notEqual: 'is not',
  containsAny: 'contains any of',
  containsAll: 'contains all of',
  notContainsAny: 'contains none of',
  notContainsAll: 'does not contain all of',
  startsWith: 'starts with',
  endsWith: 'ends with',
  greaterThan: 'is more than',
  greaterThanOrEqual: 'is at least',
  lessThan: 'is less than',
  lessThanOrEqual: 'is at most',
}
