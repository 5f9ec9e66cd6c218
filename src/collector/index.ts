export { createCollector, type Collector } from './createCollector.ts'
export { OptionError } from './settings/check.ts'
export type { CollectorOptions, SiteOptions } from './settings/options.ts'
