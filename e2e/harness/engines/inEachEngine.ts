import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { createApi, type Api } from '../createApi.ts'
import { startCollector, type Collector, type CollectorOptions } from '../startCollector.ts'
import { engineNames, type Engine, type EngineName, type Profile } from './engine.ts'
import { launchEngine } from './launchEngine.ts'

/** What a story in an engine works with; there once its tests run. */
export interface Setting {
  name: EngineName
  /** A new visitor, until the end of the test. */
  newProfile(): Promise<Profile>
  /** The same, with tabs that can be hidden. */
  newWindows(): Promise<Profile>
  /** Opens an address where nobody watches, until the end of the test; undefined where the engine does not need that. */
  openAlone(url: string): Promise<unknown> | undefined
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

    const untilFinished = async (opening: Promise<Profile>): Promise<Profile> => {
      const profile = await opening
      onTestFinished(() => profile.close())
      return profile
    }
    const openAlone = async (opening: ReturnType<NonNullable<Engine['openAlone']>>): Promise<void> => {
      const { stop } = await opening
      onTestFinished(stop)
    }

    tell({
      name,
      newProfile: () => untilFinished(engine.newProfile()),
      newWindows: () => untilFinished(engine.newWindows()),
      openAlone: url => engine.openAlone && openAlone(engine.openAlone(url)),
      collector: () => collector,
      api: () => api,
    })
  })
}
