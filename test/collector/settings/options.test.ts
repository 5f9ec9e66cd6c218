import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { demoSite, toSettings, type CollectorOptions } from '../../../src/collector/settings/options.ts'
import { help, readOptions } from '../../../src/collector/settings/readOptions.ts'

const messageOf = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    return (error as Error).message
  }
  return 'accepted'
}

const shop = { id: 'shop', origins: ['https://shop.example.com'] }

describe('options', () => {
  test('all have a default', () =>
    expect(toSettings({})).toEqual({
      port: 4800,
      host: '127.0.0.1',
      data: './sojourn-data',
      demo: true,
      logLevel: 'info',
      sites: [demoSite],
      addressPolicy: 'full',
      trustedProxies: [],
      geolocation: {},
      rateLimits: { address: { perSecond: 200, burst: 1000 }, site: { perSecond: 20_000, burst: 40_000 }, api: { perSecond: 100, burst: 1000 } },
      segments: [],
    outcomes: [],
    }))

  test('may be all that the documentation shows', () => {
    const settings = toSettings({
      sites: [
        {
          id: 'shop',
          origins: ['https://shop.example.com', 'http://127.0.0.1:*'],
          identityKeys: [],
          sessionTimeoutSeconds: 1800,
          divisionIds: [],
          shortIdDigits: 4,
        },
      ],
      addressPolicy: 'truncated',
      trustedProxies: ['127.0.0.0/8'],
      retentionDays: 365,
      geolocation: { city: 'city.mmdb', asn: 'asn.mmdb' },
      referrers: 'more-referrers.json',
      segments: [],
      outcomes: [],
    })
    expect(settings).toMatchObject({ demo: false, addressPolicy: 'truncated', retentionDays: 365, referrers: 'more-referrers.json' })
    expect(settings.sites.map(({ id }) => id)).toEqual(['shop'])
  })

  test('add the demo to other sites only when they say so', () => {
    expect(toSettings({ sites: [shop], demo: true }).sites).toEqual([shop, demoSite])
    expect(toSettings({ sites: [{ ...shop, id: 'demo' }], demo: true }).sites).toEqual([{ ...shop, id: 'demo' }])
    expect(toSettings({ demo: false }).sites).toEqual([])
  })

  test.each<[object, string]>([
    [{ port: '4800' }, 'port: expected a whole number from 0 to 65535, got "4800"'],
    [{ port: 70_000 }, 'port: expected a whole number from 0 to 65535, got 70000'],
    [{ prot: 1 }, 'prot is unknown; did you mean port?'],
    [{ colour: 1 }, 'colour is unknown; known are port, host,'],
    [{ host: '' }, 'host: expected a text, got ""'],
    [{ apiKey: 'short' }, 'apiKey: expected 16 ASCII characters or more, without spaces'],
    [{ apiKey: 'schlüssel-schlüssel' }, 'apiKey: expected 16 ASCII characters or more'],
    [{ demo: 'yes' }, 'demo: expected true or false, got "yes"'],
    [{ logLevel: 'verbose' }, 'logLevel: expected one of silent,'],
    [{ sites: {} }, 'sites: expected a list, got {}'],
    [{ sites: [null] }, 'sites[0]: expected an object, got null'],
    [{ sites: [{ id: 'shop' }] }, 'sites[0].origins: is missing'],
    [{ sites: [{ ...shop, id: 'a b' }] }, 'sites[0].id: expected 1 to 255 letters, digits, dots, _ or -, got "a b"'],
    [{ sites: [{ ...shop, origin: [] }] }, 'sites[0]: origin is unknown; did you mean origins?'],
    [{ sites: [shop, { ...shop }] }, 'sites[1].id: shop is the id of another site already'],
    [{ sites: [{ ...shop, origins: ['https://a.com/'] }] }, 'sites[0].origins[0]: expected an origin such as'],
    [{ sites: [{ ...shop, passages: ['https://pay.example.com'] }] }, 'sites[0].passages[0]: expected a host such as pay.example.com'],
    [{ sites: [{ ...shop, autotrack: 'yes' }] }, 'sites[0].autotrack: expected true or false, got "yes"'],
    [{ sites: [{ ...shop, searchParameters: 'q' }] }, 'sites[0].searchParameters: expected a list, got "q"'],
    [{ sites: [{ ...shop, keepFragments: true }] }, 'sites[0]: keepFragments is unknown; did you mean keepFragment?'],
    [{ sites: [{ ...shop, cookieDomain: 'https://example.com' }] }, 'sites[0].cookieDomain: expected a domain such as example.com'],
    [{ sites: [{ ...shop, linkDomains: ['example.org', 'example.net/a'] }] }, 'sites[0].linkDomains[1]: expected a domain such as example.com'],
    [{ sites: [{ ...shop, shortIdDigits: 7 }] }, 'sites[0].shortIdDigits: expected a whole number from 4 to 6, got 7'],
    [{ sites: [{ ...shop, sessionTimeoutSeconds: 0 }] }, 'sites[0].sessionTimeoutSeconds: expected a number from'],
    [{ addressPolicy: 'half' }, 'addressPolicy: expected one of full, truncated, none, got "half"'],
    [{ trustedProxies: ['10.0.0.0/99'] }, 'trustedProxies[0]: expected a network such as 10.0.0.0/8, got "10.0.0.0/99"'],
    [{ sites: [{ ...shop, retentionDays: 0 }] }, 'sites[0].retentionDays: expected a whole number from 1 to 36500, got 0'],
    [{ sites: [{ ...shop, identityKeys: [{}] }] }, 'sites[0].identityKeys[0]: expected one of jwksUrl, jwks, pem, got none'],
    [{ retentionDays: 0.5 }, 'retentionDays: expected a whole number'],
    [{ geolocation: { citty: 'x' } }, 'geolocation: citty is unknown; did you mean city?'],
    [{ rateLimits: { address: { perSecond: 1 } } }, 'rateLimits.address.burst: is missing'],
    [{ rateLimits: { address: true } }, 'rateLimits.address: expected an object, got true'],
    [{ port: -1, host: 7 }, 'port: expected'],
  ])('%j are wrong', (options, message) => expect(messageOf(() => toSettings(options as CollectorOptions))).toContain(message))
})

test.each([{ apiKey: 'hush-hush' }, { sites: [{ ...shop, identityKeys: [{ jwks: { keys: [{ kty: 'oct', k: 'hush-hush' }] } }] }] }])('a secret is not repeated in the message about it', options =>
  expect(messageOf(() => toSettings(options as CollectorOptions))).toMatch(/^(?=.*expected)(?!.*hush)/),
)

describe('the command line', () => {
  let folder: string
  let home: string
  beforeEach(() => {
    home = process.cwd()
    folder = mkdtempSync(join(tmpdir(), 'sojourn-options-'))
  })
  afterEach(() => {
    process.chdir(home)
    rmSync(folder, { recursive: true })
  })

  const read = (args: string, env: NodeJS.ProcessEnv = {}) => readOptions(args.split(' ').filter(Boolean), env)
  const write = (content: unknown, name = 'sojourn.config.json'): string => {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
    return join(folder, name)
  }

  test.each([
    ['', 'serve'],
    ['serve', 'serve'],
    ['rebuild --data x', 'rebuild'],
    ['rebuild --data=--x', 'rebuild'],
    ['--help', 'help'],
    ['-h', 'help'],
    ['help', 'help'],
    ['-v', 'version'],
    ['rebuild --help', 'help'],
    ['--version', 'version'],
  ])('%j means %s', (args, command) => expect(read(args).command).toBe(command))

  test('names options by flags, variables and a file, in this order', () => {
    const config = write({ port: 1, host: '0.0.0.0', data: 'files', addressPolicy: 'none' })
    expect(read(`--config ${config} --port=3`, { SOJOURN_PORT: '2', SOJOURN_HOST: '::1', SOJOURN_DEMO: 'true' }).options).toEqual({
      port: 3,
      host: '::1',
      data: join(folder, 'files'),
      demo: true,
      addressPolicy: 'none',
      geolocation: {},
    })
  })

  test('reads the usual file when there is one', () => {
    process.chdir(folder)
    expect(read('').options).toEqual({})
    write({ port: 5 })
    expect(read('').options).toEqual({ port: 5, geolocation: {} })
  })

  test('looks for databases beside the file that names them', () => {
    const config = write({ geolocation: { city: 'city.mmdb' } })
    expect(read('', { SOJOURN_CONFIG: config }).options.geolocation).toEqual({ city: join(folder, 'city.mmdb') })
  })

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['--prot 1', {}, '--prot is unknown; did you mean --port?'],
    ['--port', {}, '--port: expected a value, e.g. 4800'],
    ['--data --demo', {}, '--data: expected a value, got the flag --demo'],
    ['erase c-1 --site --visitor', {}, '--site: expected a value, got the flag --visitor'],
    ['export c-1 --output --type crm', {}, '--output: expected a value, got the flag --type'],
    ['--port abc', {}, 'port: expected a whole number from 0 to 65535, got "abc"'],
    ['rebuid', {}, 'rebuid is unknown; did you mean rebuild?'],
    ['rebuild now', {}, 'now is unknown; known are rebuild'],
    ['--config none.json', {}, 'none.json: cannot be read'],
    ['', { SOJOURN_PROT: '1' }, 'the environment variable SOJOURN_PROT is unknown; did you mean SOJOURN_PORT?'],
    ['', { SOJOURN_PORT: '1.5' }, 'port: expected a whole number'],
    ['', { SOJOURN_DEMO: 'maybe' }, 'SOJOURN_DEMO: expected true or false, got "maybe"'],
    ['', { SOJOURN_API_KEY: 'short' }, 'apiKey: expected 16 ASCII characters'],
  ])('%j with %j is refused', (args, env, message) => expect(messageOf(() => read(args, env))).toContain(message))

  test.each([
    ['{"port":', 'sojourn.config.json: is no JSON'],
    [{ port: 'x' }, 'sojourn.config.json: port: expected a whole number'],
    [{ sties: [] }, 'sojourn.config.json: sties is unknown; did you mean sites?'],
    [[], 'sojourn.config.json: expected an object'],
  ])('refuses the file %j', (content, message) => expect(messageOf(() => read(`--config ${write(content)}`))).toContain(message))

  test('reads a file that begins with a byte order mark', () => expect(read(`--config ${write('\uFEFF{"port":5}')}`).options.port).toBe(5))

  test('leaves variables alone that are somebody else’s', () => expect(read('', { SOJOURN_BENCHMARK_RUNS: '3' }).options).toEqual({}))

  test('explains itself', () => expect(help).toMatch(/--port 4800 +Port to listen on/))
})
