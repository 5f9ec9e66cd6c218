import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

const words = { ready: 'Copy', done: 'Copied', failed: 'Select and copy by hand' }

/** Copies a text to the clipboard, and says whether it did. */
export const CopyButton = ({ text }: { text: string }): JSX.Element => {
  const [copied, setCopied] = useState<keyof typeof words>('ready')
  useEffect(() => setCopied('ready'), [text])
  // Browsers offer the clipboard on https and localhost alone.
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied('done')
  }
  return (
    <button class="button button-small" type="button" onClick={() => copy().catch(() => setCopied('failed'))}>
      {words[copied]}
    </button>
  )
}
