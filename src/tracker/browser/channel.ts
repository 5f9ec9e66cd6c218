import type { Platform, PlatformEvents } from '../platform.ts'

/**
 * Speaks with the other tabs of the site. The channel is to be closed while the page is hidden by a navigation, because an open
 * one may keep it out of the back/forward cache. Without BroadcastChannel, and in a
 * sandboxed frame, nobody is told, and tabs learn at their next write.
 */
export const createChannel = (name: string, onTold: PlatformEvents['onTold']): Pick<Platform, 'tell'> & { close(): void } => {
  let channel: BroadcastChannel | undefined
  const connect = (): BroadcastChannel | undefined => {
    try {
      channel ??= new BroadcastChannel(name)
      channel.onmessage = ({ data }) => onTold(data)
      return channel
    } catch {
      return undefined
    }
  }
  connect()
  return {
    tell: message => connect()?.postMessage(message),
    close: () => {
      channel?.close()
      channel = undefined
    },
  }
}
