import type { JSX } from 'preact'
import type { ConfiguredSite } from '../../campaigns/campaigns.ts'

interface SiteChoiceProps {
  id: string
  label: string
  sites: readonly ConfiguredSite[]
  value: string
  /** All of them may be chosen, as an empty value. */
  all?: boolean
  onChange: (site: string) => void
}

/** Chooses among the sites of the collector. */
export const SiteChoice = ({ id, label, sites, value, all, onChange }: SiteChoiceProps): JSX.Element => (
  <>
    <label class={all ? 'visually-hidden' : undefined} for={id}>
      {label}
    </label>
    <select id={id} class="field" value={value} onChange={event => onChange(event.currentTarget.value)}>
      {all && <option value="">All sites</option>}
      {sites.map(site => (
        <option key={site.id} value={site.id}>
          {site.id}
        </option>
      ))}
    </select>
  </>
)
