import { ensurePackages } from './ensurePackages.mjs'

/** Installs clients of other vendors, as npm has them. */
export const ensureClients = () => ensurePackages({ source: 'e2e/clients', name: 'clients', what: 'clients of other vendors' })
