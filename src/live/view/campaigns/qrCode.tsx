import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import encodeQR from 'qr'

/** Modules around the code that stay free, as the standard wants it. */
const quietZone = 4

/** A code as one path: a square for each dark module. */
const toPath = (modules: readonly (readonly boolean[])[]): string =>
  modules.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('')

/** A text as a code to photograph; undefined for one that is too long. */
const toModules = (text: string): boolean[][] | undefined => {
  try {
    return encodeQR(text, 'raw', { ecc: 'medium', border: quietZone })
  } catch (error) {
    // The library knows no other trouble with a text.
    if (error instanceof Error) return undefined
    throw error
  }
}

/** A link to print or to show on a screen. Dark on light also where the page is dark: not every camera reads it otherwise. */
export const QrCode = ({ text }: { text: string }): JSX.Element | null => {
  const modules = useMemo(() => toModules(text), [text])
  if (!modules) return <p class="link-hint">The link is too long for a QR code.</p>
  const size = modules.length
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the link" shape-rendering="crispEdges">
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={toPath(modules)} />
    </svg>
  )
}
