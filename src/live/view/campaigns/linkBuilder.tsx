import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ConfiguredSite, LinkCheck } from '../../campaigns/campaigns.ts'
import type { AskedLink } from '../../campaigns/createCampaignLoader.ts'
import { linkFields, parameterOf, toBaseAddress, toTaggedLink, toTidyValue, type LinkFields } from '../../campaigns/taggedLink.ts'
import { CopyButton } from '../copyButton.tsx'
import { LandingVerdict } from './landingVerdict.tsx'
import { QrCode } from './qrCode.tsx'

interface LinkBuilderProps {
  site: ConfiguredSite
  /** Where the collector is. */
  origin: string
  check: LinkCheck | undefined
  onCheck: (link: AskedLink) => void
}

const words: Record<keyof LinkFields, { label: string; hint: string }> = {
  source: { label: 'Source', hint: 'who sends: newsletter, instagram, partner' },
  medium: { label: 'Medium', hint: 'by what: email, social, cpc, print' },
  name: { label: 'Campaign', hint: 'which one: spring-sale' },
  term: { label: 'Term', hint: 'the words that were paid for' },
  content: { label: 'Content', hint: 'which of several links: banner-top' },
}

const media = ['email', 'social', 'paid_social', 'cpc', 'display', 'affiliate', 'referral', 'print', 'video', 'podcast']

interface FieldProps {
  field: keyof LinkFields
  value: string
  onInput: (value: string) => void
}

const Field = ({ field, value, onInput }: FieldProps): JSX.Element => (
  <div class="link-field">
    <label for={`link-${field}`}>{words[field].label}</label>
    <input
      id={`link-${field}`}
      class="field"
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      list={field === 'medium' ? 'link-media' : undefined}
      aria-describedby={`link-${field}-hint`}
      value={value}
      onInput={event => onInput(event.currentTarget.value)}
    />
    <span id={`link-${field}-hint`} class="link-hint">
      {words[field].hint}
    </span>
  </div>
)

/** A link, its code to print, and what it will count as. */
const BuiltLink = ({ link, check }: { link: string; check: LinkCheck | undefined }): JSX.Element => (
  <div class="built">
    <div class="snippet">
      <code id="built-link" tabIndex={0}>
        {link}
      </code>
      <CopyButton text={link} />
    </div>
    <div class="built-about">
      <QrCode text={link} />
      <LandingVerdict check={check} />
    </div>
  </div>
)

/** Builds tagged links as the site's configuration reads them. */
export const LinkBuilder = ({ site, origin, check, onCheck }: LinkBuilderProps): JSX.Element => {
  const [address, setAddress] = useState(() => toBaseAddress(site, origin))
  const [fields, setFields] = useState<LinkFields>({})
  const [isTidy, setTidy] = useState(true)
  const shown = linkFields.filter(field => parameterOf(site, field) !== undefined)
  const values = isTidy ? (Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, toTidyValue(value)])) as LinkFields) : fields
  const isFilled = Object.values(values).some(Boolean)
  const link = isFilled ? toTaggedLink(address, site, values) : ''
  useEffect(() => onCheck({ site: site.id, url: link }), [site.id, link])
  return (
    <section class="panel link-tool" aria-labelledby="build-title">
      <h2 id="build-title">Build a link</h2>
      <div class="link-field link-address">
        <label for="link-address">Page it leads to</label>
        <input id="link-address" class="field" type="url" autocomplete="off" spellcheck={false} value={address} onInput={event => setAddress(event.currentTarget.value)} />
      </div>
      <div class="link-fields">
        {shown.map(field => (
          <Field key={field} field={field} value={fields[field] ?? ''} onInput={value => setFields({ ...fields, [field]: value })} />
        ))}
      </div>
      <datalist id="link-media">
        {media.map(medium => (
          <option key={medium} value={medium} />
        ))}
      </datalist>
      <label class="check">
        <input type="checkbox" checked={isTidy} onChange={event => setTidy(event.currentTarget.checked)} />
        Lower case, and - for spaces
      </label>
      {link ? (
        <BuiltLink link={link} check={check} />
      ) : (
        <p class="link-hint">{isFilled ? 'The page needs an address such as https://shop.example.com/.' : 'Fill in a source and a medium, and the link is here.'}</p>
      )}
    </section>
  )
}
