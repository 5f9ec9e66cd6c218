import { useEffect, useState } from 'preact/hooks'

/**
 * The present, renewed at each full second and whenever the page is shown again. The value is read from the clock: a timer
 * that a hidden page slows down makes nothing wrong.
 *
 * @param offset milliseconds that the collector's clock is ahead
 */
export const useNow = (offset: number): number => {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    let timer = 0
    const tick = (): void => {
      window.clearTimeout(timer)
      const present = Date.now()
      setNow(present)
      timer = window.setTimeout(tick, 1000 - ((present + offset) % 1000))
    }
    tick()
    document.addEventListener('visibilitychange', tick)
    return () => {
      window.clearTimeout(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [offset])
  return now + offset
}
