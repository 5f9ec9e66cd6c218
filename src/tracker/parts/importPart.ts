import type { LoadPart, Parts } from './parts.ts'

/** A bundler makes files of their own of them, which pages only fetch when they need them. */
const parts: { [K in keyof Parts]: () => Promise<Parts[K]> } = {
  session: () => import('./session.ts'),
  check: () => import('./check.ts'),
  message: () => import('./message.ts'),
  history: () => import('./history.ts'),
  lease: () => import('./lease.ts'),
  links: () => import('./links.ts'),
}

/** Brings a part of what npm has installed. */
export const importPart: LoadPart = name => parts[name]()
