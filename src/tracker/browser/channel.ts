import { attempt } from '../../model/index.ts'
import type { Platform, PlatformEvents } from '../platform.ts'

/**
 * Speaks with the other tabs of the site. The channel is to be closed while the page is hidden by a navigation, because an open
 * one may keep it out of the back/forward cache, and connected again when it comes back. Without BroadcastChannel, and in a
 * sandboxed frame, nobody is told, and tabs learn at their next write.
 */
export const createChannel = (name: string, onTold: PlatformEvents['onTold']): Pick<Platform, 'tell'> & { connect(): void; close(): void } => {
  let channel: BroadcastChannel | undefined
  return {
    connect: () =>
      attempt(() => {
        channel ??= new BroadcastChannel(name)
        channel.onmessage = ({ data }) => onTold(data)
      }),
    tell: message => channel?.postMessage(message),
    close: () => {
      channel?.close()
      channel = undefined
    },
  }
}
