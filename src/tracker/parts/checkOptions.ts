import { kinds } from '../options.ts'

/** Values that show what is expected, where the kind alone says too little. */
const samples: Record<string, unknown> = {
  ...kinds,
  site: 'shop',
  collector: 'https://collect.example.com',
  cookieDomain: 'example.com',
  linkDomains: ['example.org'],
  searchParameters: ['q', 'query', 'search', 's'],
  app: { name: 'Shop', namespace: 'com.example', version: '1.0', buildNumber: '1' },
  name: 'Shop',
  namespace: 'com.example',
  version: '1.0',
  buildNumber: '1',
}

/** True when a name is likely meant to be another: about as long, and of the same letters but for one. */
const isLike = (known: string, name: string): boolean =>
  Math.abs(known.length - name.length) < 3 && name.replace(new RegExp(`[${known}]`, 'gi'), '').length < 2

/** Says of options that are wrong what was expected, and of unknown ones what was likely meant: a sentence for each. */
export const checkOptions = (wrong: readonly string[]): string =>
  wrong
    .map(name => {
      if (Object.hasOwn(samples, name)) return `${name}: expected a value like ${JSON.stringify(samples[name]) ?? 'a function'}`
      const similar = Object.keys(samples).find(known => isLike(known, name))
      return `${name}: unknown option${similar ? `, did you mean ${similar}?` : ''}`
    })
    .join('; ')
