import type { Clock } from './clock.ts'
import { createDisk } from './disk.ts'

/** Whether a page lives, and whether it waits to be thawed. */
interface Life {
  isAlive(): boolean
  isHeld(): boolean
}

interface Port extends Life {
  name: string
  hear(data: unknown): void
}

/** What the tabs of one origin share: the disk, the channels between them, and the locks. */
export const createOrigin = (clock: Clock) => {
  const disk = createDisk(clock)
  const ports = new Set<Port>()
  let requests = 0
  const holders = new Map<string, { isAlive(): boolean; lose(): void }>()

  const channelFor = ({ isAlive, isHeld }: Life) =>
    class {
      onmessage: ((event: { data: unknown }) => void) | null = null
      readonly port: Port
      constructor(readonly name: string) {
        this.port = { name, isAlive, isHeld, hear: data => this.onmessage?.({ data }) }
        ports.add(this.port)
      }
      postMessage(data: unknown): void {
        if (!isAlive()) return
        if (!ports.has(this.port)) throw new DOMException('Channel is closed', 'InvalidStateError')
        const copy: unknown = structuredClone(data)
        const others = [...ports].filter(port => port !== this.port && port.name === this.name)
        for (const other of others) clock.after(1, () => ports.has(other) && other.isAlive() && other.hear(copy), other.isHeld)
      }
      close(): void {
        ports.delete(this.port)
      }
    }

  const locksFor = (isAlive: () => boolean) => ({
    request: async <T>(name: string, { steal }: { ifAvailable?: true; steal?: true }, task: (lock: object | null) => Promise<T>): Promise<T> => {
      requests++
      await Promise.resolve()
      const other = holders.get(name)
      if (other?.isAlive() && !steal) return task(null)
      const holder = { isAlive, lose: () => {} }
      const lost = new Promise<never>((_, reject) => (holder.lose = () => reject(new DOMException('The lock was stolen', 'AbortError'))))
      holders.set(name, holder)
      other?.lose()
      try {
        return await Promise.race([task(holder), lost])
      } finally {
        if (holders.get(name) === holder) holders.delete(name)
      }
    },
  })

  return {
    disk,
    channelFor,
    locksFor,
    /** As Firefox does for a page that is left while it asks for a lock: it is held, and nobody lets it go. */
    leakLock: (name: string): void => void holders.set(name, { isAlive: () => true, lose: () => {} }),
    /** How often a lock was asked for. */
    lockRequests: (): number => requests,
    /** True while some page holds a lock: such a page cannot enter the back/forward cache. */
    isLocked: (): boolean => [...holders.values()].some(holder => holder.isAlive()),
    openChannels: (): number => [...ports].filter(port => port.isAlive()).length,
  }
}

export type Origin = ReturnType<typeof createOrigin>
