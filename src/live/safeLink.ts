/**
 * An address that may stand behind a link, or undefined. Addresses in sessions come from visitors: only web addresses become
 * links, so that none can run a script (`javascript:`, `data:`) or start a program.
 */
export const toSafeLink = (address: string | undefined): string | undefined => {
  if (!address || !URL.canParse(address)) return undefined
  const { protocol, href } = new URL(address)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}
