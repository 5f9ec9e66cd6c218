import type { TabMessage } from '../platform.ts'

/**
 * Speaks with the other tabs of the site. The channel is closed while the page is hidden by a navigation, because an open
 * one may keep it out of the back/forward cache. Without BroadcastChannel nobody is told, and tabs learn at their next write.
 */
export const createChannel = (name: string, onLeave: (callback: () => void) => unknown) => {
  let channel: BroadcastChannel | undefined
  let listener: ((message: TabMessage) => void) | undefined
  const close = (): void => {
    channel?.close()
    channel = undefined
  }
  const connect = (): void => {
    if (channel || typeof BroadcastChannel === 'undefined') return
    channel = new BroadcastChannel(name)
    channel.onmessage = ({ data }: MessageEvent<TabMessage>) => listener?.(data)
  }
  onLeave(close)
  return {
    tell: (message: TabMessage): void => {
      connect()
      channel?.postMessage(message)
    },
    onTold: (callback: (message: TabMessage) => void): (() => void) => {
      listener = callback
      connect()
      return () => {
        listener = undefined
        close()
      }
    },
  }
}
