import type { TabMessage } from '../platform.ts'

/**
 * Speaks with the other tabs of the site. The channel is closed while the page is hidden by a navigation, because an open
 * one may keep it out of the back/forward cache. Without BroadcastChannel nobody is told, and tabs learn at their next write.
 */
export const createChannel = (name: string, onLeave: (callback: () => void) => () => void) => {
  let channel: BroadcastChannel | undefined
  const listeners = new Set<(message: TabMessage) => void>()
  const connect = (): BroadcastChannel | undefined => {
    if (channel || typeof BroadcastChannel === 'undefined') return channel
    channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => listeners.forEach(listener => listener(data))
    return channel
  }
  onLeave(() => {
    channel?.close()
    channel = undefined
  })
  return {
    tell: (message: TabMessage): void => connect()?.postMessage(message),
    onTold: (listener: (message: TabMessage) => void): (() => void) => {
      connect()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        channel?.close()
        channel = undefined
      }
    },
  }
}
