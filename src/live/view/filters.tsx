import type { ComponentChildren, JSX } from 'preact'
import type { Filter } from '../visitorList.ts'

interface FiltersProps {
  filter: Filter
  sites: string[]
  onChange: (filter: Partial<Filter>) => void
  children: ComponentChildren
}

/** Narrows the list by words and by site. The choice of site shows when there is one to make. */
export const Filters = ({ filter, sites, onChange, children }: FiltersProps): JSX.Element => {
  const offered = filter.site && !sites.includes(filter.site) ? [filter.site, ...sites] : sites
  return (
    <div class="filters">
      <label class="visually-hidden" for="filter-text">
        Filter by page, source, browser, country or customer
      </label>
      <input
        id="filter-text"
        class="field filters-text"
        type="search"
        placeholder="Filter by page, source, country…"
        value={filter.text}
        onInput={event => onChange({ text: event.currentTarget.value })}
      />
      {(offered.length > 1 || filter.site) && (
        <>
          <label class="visually-hidden" for="filter-site">
            Site
          </label>
          <select id="filter-site" class="field" value={filter.site} onChange={event => onChange({ site: event.currentTarget.value })}>
            <option value="">All sites</option>
            {offered.map(site => (
              <option key={site} value={site}>
                {site}
              </option>
            ))}
          </select>
        </>
      )}
      {children}
    </div>
  )
}
