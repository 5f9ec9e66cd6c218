import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ConfiguredSite, LinkCheck } from '../../campaigns/campaigns.ts'
import type { AskedLink } from '../../campaigns/createCampaignLoader.ts'
import { LandingVerdict } from './landingVerdict.tsx'

interface LinkCheckerProps {
  site: ConfiguredSite
  check: LinkCheck | undefined
  onCheck: (link: AskedLink) => void
}

/** Shows what any link counts as, and where it stands makes of it. */
export const LinkChecker = ({ site, check, onCheck }: LinkCheckerProps): JSX.Element => {
  const [url, setUrl] = useState('')
  const [referrer, setReferrer] = useState('')
  useEffect(() => onCheck({ site: site.id, url: url.trim(), referrer: referrer.trim() }), [site.id, url, referrer])
  return (
    <section class="panel link-tool" aria-labelledby="check-title">
      <h2 id="check-title">Check a link</h2>
      <div class="link-field">
        <label for="check-url">Link</label>
        <input
          id="check-url"
          class="field"
          autocomplete="off"
          spellcheck={false}
          inputMode="url"
          placeholder="https://shop.example.com/?utm_source=…"
          value={url}
          onInput={event => setUrl(event.currentTarget.value)}
        />
      </div>
      <div class="link-field">
        <label for="check-referrer">Page where it stands</label>
        <input
          id="check-referrer"
          class="field"
          autocomplete="off"
          spellcheck={false}
          inputMode="url"
          placeholder="none, or https://www.google.com/"
          aria-describedby="check-referrer-hint"
          value={referrer}
          onInput={event => setReferrer(event.currentTarget.value)}
        />
        <span id="check-referrer-hint" class="link-hint">
          The referrer that the browser tells. Leave it empty for a mail, an app or a printed code.
        </span>
      </div>
      <LandingVerdict check={check} />
    </section>
  )
}
