export { createCollector, type Collector } from './createCollector.ts'
export { OptionError } from './check.ts'
export type { CollectorOptions, SiteOptions } from './options.ts'
