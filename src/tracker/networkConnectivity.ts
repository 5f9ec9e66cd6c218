import { attempt, defined, type BatchContext, type NetworkConnectivity } from '../model/index.ts'
import type { Platform } from './platform.ts'
import { isText } from './text.ts'

/** How an app says how its device is connected: `true` for what the platform tells, or what the app itself knows, now or whenever it is asked. */
export type ConnectivityOption = true | NetworkConnectivity | (() => NetworkConnectivity | undefined)

/** `navigator.connection` as far as it tells what a device is connected by: Chromium on phones and on ChromeOS. */
interface ConnectedNavigator {
  connection?: { type?: string }
}

const ofPlatform = (): NetworkConnectivity | undefined => {
  const { type } = (navigator as ConnectedNavigator).connection ?? {}
  // On desktops there is a connection, but not by what.
  if (!type || /^(unknown|other|mixed)$/.test(type)) return undefined
  return { bluetoothEnabled: type === 'bluetooth', cellularEnabled: type === 'cellular', wifiEnabled: type === 'wifi' }
}

/** What the collector takes: a wrong word of an app is no reason to refuse its events. */
const toConnectivity = (given: unknown): NetworkConnectivity | undefined => {
  if (typeof given !== 'object' || given === null) return undefined
  const { carrier, bluetoothEnabled, cellularEnabled, wifiEnabled } = given as Partial<NetworkConnectivity>
  return {
    ...(isText(carrier) && { carrier }),
    bluetoothEnabled: !!bluetoothEnabled,
    cellularEnabled: !!cellularEnabled,
    wifiEnabled: !!wifiEnabled,
  }
}

const read = (option: ConnectivityOption): NetworkConnectivity | undefined =>
  option === true ? ofPlatform() : toConnectivity(typeof option === 'function' ? attempt(option) : option)

/** Says with every batch from now on how the device is connected, where somebody knows. */
export const tellConnectivity = (platform: Pick<Platform, 'context'>, option: ConnectivityOption): void => {
  const { context } = platform
  platform.context = () => defined<BatchContext>({ ...context(), networkConnectivity: read(option) })
}
