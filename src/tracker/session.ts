/** What the script fetches when a page first asks for its Session: most pages never do. */
export { showSession } from './showSession.ts'
export { toJourneyContext } from './journeyContext.ts'
