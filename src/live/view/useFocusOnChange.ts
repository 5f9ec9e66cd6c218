import { useEffect, useRef } from 'preact/hooks'

/**
 * Moves the focus to an element when the place in the page changes, but not at the start: the link that led there is gone, and
 * the keyboard and a screen reader go on where the new content begins. It is shown from its top.
 */
export const useFocusOnChange = (elementId: string, place: string): void => {
  const known = useRef(place)
  useEffect(() => {
    if (known.current === place) return
    known.current = place
    document.getElementById(elementId)?.focus({ preventScroll: true })
    window.scrollTo(0, 0)
  }, [elementId, place])
}
