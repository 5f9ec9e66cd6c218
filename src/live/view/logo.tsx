import type { JSX } from 'preact'

/** The mark and the name. */
export const Logo = (): JSX.Element => (
  <span class="logo">
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect class="logo-ground" width="32" height="32" rx="9" />
      <path class="logo-path" d="M7 21.5c4.5 0 4.5-11 9-11s4.5 11 9 11" />
      <circle class="logo-dot" cx="16" cy="10.5" r="3.2" />
    </svg>
    Sojourn
  </span>
)
