import { expect, test } from 'vitest'
import { createApi, type Api } from '../../src/live/api.ts'
import { createController, type Controller } from '../../src/live/createController.ts'
import { createStore, type Store } from '../../src/live/createStore.ts'
import { createKeyStorage, type KeyStorage } from '../../src/live/keyStorage.ts'
import { parseRoute } from '../../src/live/route.ts'
import { initialState, reduceLive, type LiveAction, type LiveState } from '../../src/live/state.ts'
import { createVirtualClock, type VirtualClock } from './createVirtualClock.ts'
import { noon, sampleSession, toIso } from './sampleSession.ts'

// What only shows when answers come in another order than they were asked for.

/** A request that waits for its answer. */
interface Asked {
  path: string
  key: string
  answer(body: unknown, status?: number): void
}

interface Setting {
  controller: Controller
  store: Store<LiveState, LiveAction>
  keys: KeyStorage
  clock: VirtualClock
  /** Takes the oldest request of a path that has no answer yet. */
  take(path: RegExp): Promise<Asked>
  /** Opens the stream, for as long as the test does not break it off. */
  openStream(): Promise<ReadableStreamDefaultController<Uint8Array>>
}

const memory = (): Storage => {
  throw new Error('no storage here')
}

const setUp = (): Setting => {
  const open: (Asked & { respond(response: Response): void })[] = []
  const clock = createVirtualClock(noon)
  const store = createStore<LiveState, LiveAction>(reduceLive, initialState)
  const keys = createKeyStorage(memory)
  const api: Api = createApi({
    fetch: (path, init) =>
      new Promise(respond => {
        // Throws, as a browser does, for what no header can carry.
        const key = new Headers(init.headers).get('authorization')?.slice('Bearer '.length) ?? ''
        open.push({ path, key, respond, answer: (body, status = 200) => respond(new Response(JSON.stringify(body), { status })) })
      }),
    key: keys.read,
    now: clock.now,
    onClock: sample => store.dispatch({ type: 'clockSampled', sample }),
    onRefused: () => controller.refuse(),
  })
  const navigate = (hash: string): void => controller.go(parseRoute(hash))
  const controller = createController({ api, store, keys, navigate, confirm: () => true, clock: { ...clock, random: () => 1 } })
  const take = async (path: RegExp) => {
    await expect.poll(() => open.some(asked => path.test(asked.path))).toBe(true)
    return open.splice(open.findIndex(asked => path.test(asked.path)), 1)[0]!
  }
  const openStream = async (): Promise<ReadableStreamDefaultController<Uint8Array>> => {
    const asked = await take(/^\/v1\/live/)
    return new Promise(resolve => asked.respond(new Response(new ReadableStream<Uint8Array>({ start: resolve }))))
  }
  return { controller, store, keys, clock, take, openStream }
}

const trial = /limit=1$/
const visits = /type=visit&status=live/
const talks = /type=conversation&status=live/

/** Lets what was answered be read, and taken or not: what is answered later has been read. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 9; turn++) await new Response('{}').json()
}

/** Signs in, and opens the stream. */
const signIn = async (setting: Setting, key = 'first') => {
  setting.controller.signIn(key)
  ;(await setting.take(trial)).answer({ entities: [] })
  return setting.openStream()
}

const kim = sampleSession({ id: 'kim', shortId: '4711' })
const lee = sampleSession({ id: 'lee', shortId: '0815' })

const liveIds = ({ store }: Setting): string[] => [...store.get().live.entries.keys()]

test('a list that was asked for before the stream broke off is asked for again when it is up', async () => {
  const setting = setUp()
  const stream = await signIn(setting)
  const early = await setting.take(visits)
  stream.error(new TypeError('network error'))
  await expect.poll(() => setting.store.get().connection.phase).toBe('waiting')
  setting.controller.reconnect()
  await setting.openStream()
  await expect.poll(() => setting.store.get().connection.phase).toBe('live')
  early.answer({ entities: [kim] })
  ;(await setting.take(talks)).answer({ entities: [] })
  ;(await setting.take(visits)).answer({ entities: [kim, lee] })
  ;(await setting.take(talks)).answer({ entities: [] })
  await expect.poll(() => liveIds(setting)).toEqual(['kim', 'lee'])
})

test('an older answer does not take the place of a newer one of the open session', async () => {
  const setting = setUp()
  const stream = await signIn(setting)
  setting.controller.go({ view: 'session', id: 'kim' })
  const first = await setting.take(/sessions\/kim$/)
  stream.enqueue(new TextEncoder().encode(`event: session\ndata: ${JSON.stringify(kim)}\n\n`))
  ;(await setting.take(/sessions\/kim$/)).answer({ ...kim, endedDate: toIso(9) })
  await expect.poll(() => setting.store.get().detail?.session?.endedDate).toBe(toIso(9))
  first.answer(kim)
  await settle()
  expect(setting.store.get().detail?.session?.endedDate).toBe(toIso(9))
})

test('who was looked for first is not shown when somebody else was looked for since, or another place was gone to', async () => {
  const setting = setUp()
  await signIn(setting)
  setting.controller.find('4711')
  const first = await setting.take(/shortId=4711/)
  setting.controller.find('0815')
  ;(await setting.take(/shortId=0815/)).answer({ entities: [lee] })
  await expect.poll(() => setting.store.get().route).toEqual({ view: 'session', id: 'lee' })
  first.answer({ entities: [kim] })
  await settle()
  expect(setting.store.get().route).toEqual({ view: 'session', id: 'lee' })
  setting.controller.find('4711')
  const third = await setting.take(/shortId=4711/)
  setting.controller.go({ view: 'campaigns' })
  third.answer({ entities: [kim] })
  await settle()
  expect(setting.store.get().route).toEqual({ view: 'campaigns' })
})

test('the refusal of a key that was used before signs nobody out', async () => {
  const setting = setUp()
  await signIn(setting)
  const early = await setting.take(visits)
  setting.controller.signOut()
  expect(setting.store.get().access).toEqual({ phase: 'signedOut' })
  await signIn(setting, 'second')
  early.answer({}, 401)
  await settle()
  expect([setting.store.get().access, setting.keys.read()]).toEqual([{ phase: 'signedIn' }, 'second'])
})

test('nothing is said of the key to who has signed out', async () => {
  const setting = setUp()
  await signIn(setting)
  const page = await setting.take(visits)
  setting.controller.signOut()
  page.answer({ entities: [], nextUri: '/v1/sessions?cursor=x' })
  const next = await setting.take(/cursor=x/)
  next.answer({}, 401)
  await settle()
  expect(setting.store.get().access).toEqual({ phase: 'signedOut' })
})

test('the message of an answer that did not come is gone when the session was had again, also where its timeline is not all here', async () => {
  const setting = setUp()
  const stream = await signIn(setting)
  setting.controller.go({ view: 'session', id: 'kim' })
  ;(await setting.take(/sessions\/kim$/)).answer(kim)
  ;(await setting.take(/kim\/conversations$/)).answer({ entities: [] })
  for (let page = 0; page < 5; page++) (await setting.take(/kim\/events/)).answer({ entities: [], nextUri: `/v1/sessions/kim/events?cursor=${page}` })
  await expect.poll(() => setting.store.get().detail).toMatchObject({ phase: 'ready', loadingEvents: false, nextUri: '/v1/sessions/kim/events?cursor=4' })
  const tell = (): void => stream.enqueue(new TextEncoder().encode(`event: session\ndata: ${JSON.stringify(kim)}\n\n`))
  tell()
  ;(await setting.take(/sessions\/kim$/)).answer({}, 500)
  ;(await setting.take(/kim\/conversations$/)).answer({ entities: [] })
  await expect.poll(() => setting.store.get().detail?.message).toContain('500')
  tell()
  ;(await setting.take(/sessions\/kim$/)).answer(kim)
  ;(await setting.take(/kim\/conversations$/)).answer({ entities: [] })
  await settle()
  expect(setting.store.get().detail).not.toHaveProperty('message')
})

test('who is erased while the stream is down is in the ended ones no more when it is up again', async () => {
  const setting = setUp()
  setting.controller.go({ view: 'ended' })
  const ended = /type=visit&status=ended/
  const over = [kim, lee].map(session => ({ ...session, endedDate: toIso(9) }))
  const stream = await signIn(setting)
  ;(await setting.take(ended)).answer({ entities: over })
  ;(await setting.take(/type=conversation&status=ended/)).answer({ entities: [] })
  await expect.poll(() => setting.store.get().ended.sessions.length).toBe(2)
  stream.error(new TypeError('network error'))
  await expect.poll(() => setting.store.get().connection.phase).toBe('waiting')
  setting.controller.reconnect()
  await setting.openStream()
  const again = await setting.take(ended)
  expect(setting.store.get().ended.sessions).toHaveLength(2)
  again.answer({ entities: over.slice(1) })
  await expect.poll(() => setting.store.get().ended.sessions.map(({ id }) => id)).toEqual(['lee'])
})

test('a key that no header can carry, as one that was copied with an ellipsis, is refused as a key', async () => {
  const { controller, store, keys } = setUp()
  controller.signIn('sojourn_abc…')
  await settle()
  expect([store.get().access, keys.read()]).toEqual([{ phase: 'signedOut', message: 'The collector does not accept this API key.' }, ''])
})
