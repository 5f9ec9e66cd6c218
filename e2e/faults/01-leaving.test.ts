import { expect, test } from 'vitest'
import { setUp } from './harness/setUp.ts'
import { close, CutShortError, flush, openTab, started, trackAll, visitAgain } from './harness/tab.ts'

const { run } = setUp()

test('normal use', () =>
  run({
    name: 'normal use',
    trials: 10,
    run: async ({ page, markers }) => {
      await trackAll(page, markers(5))
      await page.click('#next')
      await started(page)
      await trackAll(page, markers(5))
      await flush(page)
    },
  }))

test('ten events, then an immediate navigation', () =>
  run({
    name: 'ten events, then an immediate navigation',
    trials: 20,
    run: async ({ page, markers }) => {
      await page.evaluate(list => {
        list.forEach(marker => globalThis.sojourn!('track', 'marked', { marker }))
        location.href = '/elsewhere'
      }, markers(10))
      await page.waitForURL('**/elsewhere')
    },
  }))

test('an event in the click of an outbound link', () =>
  run({
    name: 'an event in the click of an outbound link',
    trials: 20,
    run: async ({ page, markers }) => {
      const [marker] = markers(1)
      await page.evaluate(own => {
        const link = Object.assign(document.createElement('a'), { href: '/elsewhere', textContent: 'Out', id: 'out' })
        link.addEventListener('click', () => globalThis.sojourn!('track', 'marked', { marker: own }))
        document.body.append(link)
      }, marker)
      await page.click('#out')
      await page.waitForURL('**/elsewhere')
    },
  }))

test('an event, then the tab is closed', () =>
  run({
    name: 'an event, then the tab is closed',
    trials: 20,
    run: async ({ page, markers }) => {
      await trackAll(page, markers(1))
      await close(page)
    },
  }))

test('an event in pagehide itself', () =>
  run({
    name: 'an event in pagehide itself',
    trials: 20,
    run: async ({ page, markers }) => {
      const [marker] = markers(1)
      await page.evaluate(own => addEventListener('pagehide', () => globalThis.sojourn!('track', 'marked', { marker: own })), marker)
      await page.goto(page.url().replace(/\/$/, '/elsewhere'))
    },
  }))

test('5,000 events in one burst, then the tab is closed', () =>
  run({
    name: '5,000 events in one burst, then the tab is closed, and a later visit',
    trials: 2,
    patience: 90_000,
    run: async ({ context, page, gate, markers }) => {
      await trackAll(page, markers(5000))
      await close(page)
      await visitAgain(context, gate)
      // A page that is too slow for Chromium would have been told.
      const slow = await openTab(context, gate)
      await slow.evaluate(
        ms =>
          addEventListener('pagehide', () => {
            const end = performance.now() + ms
            while (performance.now() < end);
          }),
        1000,
      )
      await expect(close(slow)).rejects.toThrow(CutShortError)
    },
  }))
