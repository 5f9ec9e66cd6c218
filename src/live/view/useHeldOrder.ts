import { useRef } from 'preact/hooks'
import type { Visitor } from '../visitorList.ts'

interface HeldOrder {
  rows: Visitor[]
  /** For the element around the rows. */
  handlers: { onFocusIn: (event: FocusEvent) => void; onFocusOut: () => void }
}

/**
 * Keeps rows in their places while the keyboard's focus is on one of them, so that the list does not run away under the
 * reader's hand; newcomers go to the end until the focus leaves.
 */
export const useHeldOrder = (visitors: Visitor[]): HeldOrder => {
  const isHeld = useRef(false)
  const places = useRef(new Map<string, number>())
  const placeOf = ({ session }: Visitor): number => places.current.get(session.id) ?? Infinity
  const rows = isHeld.current ? [...visitors].sort((a, b) => placeOf(a) - placeOf(b) || 0) : visitors
  places.current = new Map(rows.map(({ session }, place) => [session.id, place]))
  return {
    rows,
    handlers: {
      onFocusIn: event => {
        isHeld.current = event.target instanceof HTMLAnchorElement
      },
      onFocusOut: () => {
        isHeld.current = false
      },
    },
  }
}
