import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createSiteCounter } from '../../src/collector/createSiteCounter.ts'

test('tells whoever reads what was counted from the beginning, by site', async () => {
  const registry = new Registry()
  const counter = createSiteCounter({ name: 'batches', help: 'Batches', registers: [registry] })
  counter.add('shop', 1)
  counter.add('shop', 2)
  counter.add('blog', 5)
  expect(await registry.metrics()).toContain('batches{site="shop"} 3\nbatches{site="blog"} 5')
  counter.add('shop', 4)
  expect(await registry.metrics()).toContain('batches{site="shop"} 7\nbatches{site="blog"} 5')
})
