import type { JSX } from 'preact'
import type { JourneyGeolocation } from '../../model/session.ts'
import { countryName } from '../format.ts'

/** A country by its code and its name. No flag: many systems have no pictures of them. */
export const Country = ({ place }: { place: JourneyGeolocation | undefined }): JSX.Element => {
  const name = countryName(place)
  return (
    <span class="country" title={name}>
      {place?.country && place.country !== name && (
        <span class="country-code" aria-hidden="true">
          {place.country}
        </span>
      )}
      {name || '—'}
    </span>
  )
}
