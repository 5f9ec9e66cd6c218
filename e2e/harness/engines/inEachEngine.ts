import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { createApi, type Api } from '../createApi.ts'
import { startCollector, type Collector, type CollectorOptions } from '../startCollector.ts'
import { engineNames, type Alone, type Engine, type EngineName, type Killable, type Profile } from './engine.ts'
import { launchEngine } from './launchEngine.ts'

/** What a story in an engine works with; there once its tests run. */
export interface Setting {
  name: EngineName
  /** A new visitor, until the end of the test. */
  newProfile(): Promise<Profile>
  /** The same, with tabs that can be hidden. */
  newWindows(): Promise<Profile>
  /** A visitor whose browser can be killed, until the end of the test; undefined where none can be started again with what it had. */
  newKillable(): Promise<Killable> | undefined
  /** Opens an address where nobody drives the browser, until the end of the test; undefined where that makes no difference. */
  openAlone(url: string): Promise<Alone> | undefined
  collector(): Collector
  api(): Api
}

/** Tells the same stories in every engine, each with a browser and a collector of its own. */
export const inEachEngine = (tell: (setting: Setting) => void, options?: CollectorOptions): void => {
  describe.each(engineNames)('%s', name => {
    let engine: Engine
    let collector: Collector
    let api: Api

    beforeAll(async () => {
      collector = await startCollector(options)
      api = createApi(collector)
      engine = await launchEngine(name)
    })

    afterAll(async () => {
      await engine?.stop()
      await collector?.stop()
    })

    const untilFinished = async <T extends Profile | Killable>(opening: Promise<T>): Promise<T> => {
      const opened = await opening
      onTestFinished(() => opened.close())
      return opened
    }
    const openAlone = async (opening: Promise<Alone>): Promise<Alone> => {
      const alone = await opening
      onTestFinished(alone.stop)
      return alone
    }

    tell({
      name,
      newProfile: () => untilFinished(engine.newProfile()),
      newWindows: () => untilFinished(engine.newWindows()),
      newKillable: () => engine.newKillable && untilFinished(engine.newKillable()),
      openAlone: url => engine.openAlone && openAlone(engine.openAlone(url)),
      collector: () => collector,
      api: () => api,
    })
  })
}
