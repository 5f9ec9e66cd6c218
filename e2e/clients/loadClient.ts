import { createRequire } from 'node:module'

const load = createRequire(new URL('../../.setup/clients/package.json', import.meta.url))

/** A client of another vendor, unmodified, as `npm run test:clients` has installed it. */
export const loadClient = (name: string): unknown => load(name)
