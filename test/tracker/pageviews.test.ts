import { expect, test } from 'vitest'
import { toSearchTerms } from '../../src/model/index.ts'
import { createTestPlatform } from './createTestPlatform.ts'

const setUp = async () => {
  const platform = await createTestPlatform()
  return {
    ...platform,
    seen: () => platform.collector.of('pageview').map(({ page }) => page!.url.replace('https://shop.example.com', '')),
  }
}

test.each([true, false])('each page of a single-page app is seen once (Navigation API: %s)', async navigationApi => {
  const { run, open, seen } = await setUp()
  const tab = open({ navigationApi })
  tab.start()
  tab.push('/shoes')
  await run(100)
  tab.push('/cart')
  tab.replace('/cart')
  await run(100)
  tab.back('/shoes')
  await run(10_000)
  expect(seen()).toEqual(['/', '/shoes', '/cart', '/shoes'])
})

test('a router that pushes and then replaces is counted once, at the address where it ends', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  await run(100)
  tab.push('/old')
  tab.replace('/new')
  await run(10_000)
  expect(seen()).toEqual(['/', '/new'])
})

test.each([true, false])('a route that sends the visitor on once it is shown was seen by nobody, one that is left or settled was (Navigation API: %s)', async navigationApi => {
  const { run, open, seen } = await setUp()
  const tab = open({ navigationApi })
  tab.start()
  await run(5000)
  tab.push('/left')
  await run(30)
  // As a router saves how far the page was scrolled.
  tab.replace('/left')
  tab.push('/guarded')
  await run(30)
  tab.replace('/login')
  await run(30)
  tab.replace('/login/password')
  await run(200)
  tab.replace('/welcome')
  await run(10_000)
  expect(seen()).toEqual(['/', '/left', '/login/password', '/welcome'])
})

test('a router that pushes twice in a task is counted once, at the address where it ends', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  await run(5000)
  tab.push('/pets')
  tab.push('/pets/dog')
  await run(30)
  tab.push('/pets')
  tab.push('/pets/cat')
  await run(10_000)
  expect(seen()).toEqual(['/', '/pets/dog', '/pets/cat'])
})

test('a navigation that changes only the fragment is none, unless fragments are kept', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  tab.push('/#top')
  await run(10_000)
  expect(seen()).toEqual(['/'])
  const other = open()
  other.start({ keepFragment: true })
  other.push('/#/cart')
  await run(10_000)
  expect(seen()).toEqual(['/', '/', '/#/cart'])
})

test('a change of nothing but excluded parameters is no new page', async () => {
  const { run, open, seen } = await setUp()
  const tab = open({ url: 'https://shop.example.com/?token=1&q=a' })
  tab.start({ excludedQueryParameters: ['token'] })
  tab.replace('/?q=a')
  await run(10_000)
  expect(seen()).toEqual(['/?q=a'])
})

test('the title is the one a router sets after the navigation, and the referrer the page before', async () => {
  const { run, open, collector } = await setUp()
  const tab = open({ referrer: 'https://www.google.com/' })
  tab.start()
  await run(100)
  tab.push('/shoes')
  await run(50)
  tab.title('Shoes')
  await run(10_000)
  expect(collector.of('pageview')[1]!.page).toEqual({ url: 'https://shop.example.com/shoes', title: 'Shoes', lang: 'en', referrer: 'https://shop.example.com/' })
})

test('a route that is left before its title had time is seen all the same', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  await run(1000)
  tab.push('/cart')
  await tab.close()
  await run(10_000)
  expect(seen()).toEqual(['/', '/cart'])
})

test('a page opened in the background is seen when the visitor looks at it', async () => {
  const { run, open, seen, collector } = await setUp()
  const tab = open({ visible: false })
  tab.start()
  await run(60_000)
  expect(collector.requests).toEqual([])
  await tab.show()
  await run(10_000)
  expect(seen()).toEqual(['/'])
})

test('a prerendered page is seen when it is activated', async () => {
  const { run, open, seen, collector, disk } = await setUp()
  const tab = open()
  tab.prerender()
  tab.start()
  await run(60_000)
  expect([collector.requests, disk.openings]).toEqual([[], 0])
  tab.activate()
  await run(10_000)
  expect(seen()).toEqual(['/'])
})

test('a page restored from the back/forward cache is seen again, one that was merely hidden is not', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  await run(1000)
  await tab.hide()
  await run(1000)
  await tab.show()
  await run(1000)
  await tab.freeze()
  await run(60_000)
  await tab.restore()
  await run(10_000)
  expect(seen()).toEqual(['/', '/'])
})

test('navigations of a hidden page are seen when it is shown', async () => {
  const { run, open, seen } = await setUp()
  const tab = open()
  tab.start()
  await run(1000)
  await tab.hide()
  tab.push('/a')
  await run(1000)
  tab.push('/b')
  await run(1000)
  expect(seen()).toEqual(['/'])
  await tab.show()
  await run(10_000)
  expect(seen()).toEqual(['/', '/b'])
})

test('with autotrack off only the pages that are told count', async () => {
  const { run, open, collector } = await setUp()
  const tab = open()
  const tracker = tab.start({ autotrack: false })
  tab.push('/a')
  await run(1000)
  tracker.pageview({ url: 'https://shop.example.com/virtual', title: 'Virtual', breadcrumb: ['Shop', 'Shoes'] }, { variant: 'b' })
  await run(10_000)
  expect(collector.of('pageview')).toMatchObject([
    { page: { url: 'https://shop.example.com/virtual', title: 'Virtual', breadcrumb: ['Shop', 'Shoes'] }, attributes: { variant: 'b' } },
  ])
})

test('search words are read from the address', async () => {
  const { run, open, collector } = await setUp()
  open({ url: 'https://shop.example.com/?q=red+shoes' }).start()
  await run(100)
  open({ url: 'https://shop.example.com/?find=hats&q=no' }).start({ searchParameters: ['find'] })
  await run(100)
  open({ url: 'https://shop.example.com/?q=no' }).start({ searchParameters: [] })
  await run(10_000)
  expect(collector.of('pageview').map(toSearchTerms)).toEqual([['red shoes'], ['hats'], []])
})

test('what is not to be kept leaves no trace in what is stored and sent', async () => {
  const { run, open, collector, disk } = await setUp()
  const tab = open({ url: 'https://ann:secret@shop.example.com/?token=secret#secret', referrer: 'https://shop.example.com/login?token=secret#secret' })
  tab.start({ excludedQueryParameters: ['token'] })
  await run(10_000)
  await tab.close()
  expect(JSON.stringify([collector.requests, [...disk.local]])).not.toContain('secret')
})

test('routes that the visitor leaves faster than they settle count each, a redirect within a task does not', async () => {
  const { run, open, collector } = await createTestPlatform()
  const tab = open()
  tab.start()
  await run(5000)
  for (const path of ['a', 'b', 'a']) {
    tab.push(`https://shop.example.com/moved/${path}`)
    tab.replace(`https://shop.example.com/${path}`)
    await run(30)
  }
  await run(10_000)
  expect(collector.of('pageview').map(({ page }) => page!.url.split('/').at(-1))).toEqual(['', 'a', 'b', 'a'])
})
