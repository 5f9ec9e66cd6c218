/** What the script fetches when a page first asks for its Session, or listens: most pages never do. */
export { viewSession } from './viewSession.ts'
