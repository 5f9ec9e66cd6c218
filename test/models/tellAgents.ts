import { expect } from 'vitest'
import { fullOf } from './fullOf.ts'
import { models, type Stage } from './openStage.ts'

type Json = Record<string, unknown>

const syllableOf = (part: string, named: Json = {}): Json => fullOf(models.syllable.schema, { whole: 'Session', part, named: { session_id: '4711', tool_call_id: 'call-9', ...named } })

/** A voice agent's sessions, with all that is told of them. */
export const tellSyllable = async (stage: Stage): Promise<void> => {
  const path = '/api/v1/sessions'
  const session = syllableOf('Session')
  await stage.see('syllable', 'Session', ['PUT', `${path}/4711`, session])
  expect(await stage.see('syllable', 'Session', ['GET', `${path}/4711`])).toEqual(session)
  const parts: [part: string, name: string, method: string][] = [
    ['transcript', 'SessionTranscriptionResponse', 'GET'],
    ['full-summary', 'SessionSummaryResponse', 'GET'],
    ['timeline', 'SessionTimelineResponse', 'GET'],
    ['latency', 'InspectLatencyResponse', 'GET'],
    ['recording', 'SessionRecordingResponse', 'POST'],
  ]
  for (const [part, name, method] of parts) {
    const written = syllableOf(name)
    await stage.see('syllable', name, ['PUT', `${path}/${part}/4711`, written])
    expect(await stage.see('syllable', name, [method, `${path}/${part}/4711`])).toEqual(written)
  }
  const debug = '/api/v1/session_debug'
  const data = syllableOf('SessionData', { session_id: 4711 })
  await stage.see('syllable', 'SessionData', ['PUT', `${debug}/session_id/4711`, data])
  expect(await stage.see('syllable', 'SessionData', ['GET', `${debug}/session_id/4711`])).toEqual(data)
  expect(await stage.see('syllable', 'SessionData', ['GET', `${debug}/sid/channel_manager_service/channel_manager_sid`])).toEqual(data)
  await stage.see('syllable', 'ToolResultData', ['GET', `${debug}/tool_result/4711/call-9`])

  const label = syllableOf('SessionLabelCreate', { session_id: 4711 })
  const { id } = await stage.see<{ id: number }>('syllable', 'SessionLabel', ['POST', '/api/v1/session_labels/', label])
  expect(stage.coverage.syllable.see(label, 'SessionLabelCreate')).toEqual([])
  expect(await stage.see('syllable', 'SessionLabel', ['GET', `/api/v1/session_labels/${id}`])).toMatchObject(label)
  // The first page is number 0: the second says which it is.
  await stage.see('syllable', 'Session', ['PUT', `${path}/4712`, { ...session, session_id: '4712' }])
  await stage.see('syllable', 'ListResponseSession', ['GET', `${path}/?limit=1&page=1`])
}

const vapiOf = (part: string, named: Json = {}): Json => fullOf(models.vapi.schema, { whole: 'Session', part, named: { number: '+31201234567', ...named } })

/** Sessions of another agent: made, changed, listed. */
export const tellVapi = async (stage: Stage): Promise<void> => {
  const now = new Date().toISOString()
  const whole = vapiOf('Session', { createdAt: now, updatedAt: now })
  expect(await stage.see('vapi', 'Session', ['POST', '/session', whole])).toEqual(whole)
  const request = vapiOf('CreateSessionDTO')
  const made = await stage.see('vapi', 'Session', ['POST', '/session', request])
  expect(stage.coverage.vapi.see(request, 'CreateSessionDTO')).toEqual([])
  expect(made).toMatchObject(request)
  const change = vapiOf('UpdateSessionDTO', { name: 'Other' })
  expect(await stage.see('vapi', 'Session', ['PATCH', `/session/${String(made.id)}`, change])).toMatchObject(change)
  expect(stage.coverage.vapi.see(change, 'UpdateSessionDTO')).toEqual([])
  const list = new URLSearchParams({ createdAtLe: '2100-01-01T00:00:00.000Z', createdAtGe: '2020-01-01T00:00:00.000Z' }).toString()
  await stage.see('vapi', 'SessionPaginatedResponse', ['GET', `/session?${list}`])
}
