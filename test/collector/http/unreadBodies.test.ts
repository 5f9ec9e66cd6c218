import { expect, onTestFinished, test } from 'vitest'
import { idOf } from '../batches.ts'
import { authorized, createTestEndpoint } from '../createTestEndpoint.ts'

test.each([
  ['POST', '/nothing', {}],
  ['OPTIONS', '/nothing', {}],
  ['PUT', '/v1/events', {}],
  ['OPTIONS', '/v1/events', {}],
  ['POST', '/v1/sessions', {}],
  ['PUT', '/v1/segments', {}],
  ['POST', '/api/v2/journey/deployments/nobody/webevents', {}],
  ['POST', '/api/v2/journey/deployments/nobody/actionevent', {}],
  ['DELETE', '/v1/segments', authorized],
  ['DELETE', `/v1/visitors/${idOf(1)}`, authorized],
  ['DELETE', '/v1/conversations/x', authorized],
  ['POST', '/v1/sessions/x/actions', authorized],
  ['PUT', '/v1/segments', authorized],
] as const)('%s %s holds no memory for a body that nobody works with', async (method, url, headers) => {
  const { app, get } = createTestEndpoint()
  onTestFinished(() => app.close())
  await app.inject({ method, url, payload: '{}'.padEnd(1000), headers: { 'content-type': 'application/json', ...headers } })
  expect((await get('/metrics')).body).toMatch(/^sojourn_bytes_in_flight 0$/m)
})
