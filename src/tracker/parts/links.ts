/** What the script fetches where visits go on over several hosts: most sites have one. */
export { createLinks, type Links } from '../links/createLinks.ts'
