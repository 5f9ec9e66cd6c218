const names: Record<string, string> = { pageview: 'page_viewed', screenview: 'screen_viewed' }

/** The vendor's name for an event of ours. */
export const toJourneyName = (name: string): string => (Object.hasOwn(names, name) ? names[name]! : name)
