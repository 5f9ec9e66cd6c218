import { Counter, type Registry } from 'prom-client'

export interface SiteCounterOptions {
  name: string
  help: string
  registers: Registry[]
}

/** Creates a counter by site of what happens with every batch. It adds up here, and the registry is told when somebody reads: telling it costs more. */
export const createSiteCounter = (options: SiteCounterOptions) => {
  const counts = new Map<string, number>()
  new Counter({
    ...options,
    labelNames: ['site'] as const,
    collect() {
      for (const [site, count] of counts) this.inc({ site }, count)
      counts.clear()
    },
  })
  return {
    add: (site: string, count: number): void => {
      counts.set(site, (counts.get(site) ?? 0) + count)
    },
  }
}
