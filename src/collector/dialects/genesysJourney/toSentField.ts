import type { SentEvent } from './checkDeploymentEvent.ts'

/** Which field of what is sent to them becomes a field of ours, for all kinds. The longer one stands before the one it begins with. */
const sentFields = [
  ['searchTerms.0', 'searchQuery'],
  ['start.referrer', 'referrerUrl'],
  ['screen', 'screenName'],
  ['library', 'sdkLibrary'],
  ['context.userAgent', 'userAgentString'],
  ['context.language', 'browser.lang'],
  ['context.screen.width', 'device.screenWidth'],
  ['context.screen.height', 'device.screenHeight'],
  ['context.screen.density', 'device.screenDensity'],
  ['context', ''],
] as const

const begins = (field: string, name: string): boolean => field === name || field.startsWith(`${name}.`)

/** What told who the customer is, and where the campaign was read. */
const readFields = ({ kind, request: { externalId, traits } }: SentEvent) =>
  [
    ['customer.id', externalId ? 'externalId' : `traits.${traits?.email?.value ? 'email' : 'phone'}.value`],
    ['start.campaign', kind === 'App' ? 'referrerUrl' : 'page.url'],
  ] as const

/**
 * Says why something is refused by the fields that its sender knows.
 * @param reason `field: what is wrong with it`, the field as a batch of the tracker names it
 */
export const toSentField = (reason: string, sent: SentEvent): string => {
  const end = reason.indexOf(': ')
  const field = reason.slice(0, Math.max(end, 0))
  const found = [...readFields(sent), ...sentFields].find(([name]) => begins(field, name))
  if (!found) return reason
  const [name, given] = found
  // A campaign has fields of its own, all read from one text.
  const rest = name === 'start.campaign' ? '' : field.slice(name.length)
  return `${given}${rest}`.replace(/^\./, '') + reason.slice(end)
}
