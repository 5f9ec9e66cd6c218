import type { JSX } from 'preact'
import type { CheckedLanding, LinkCheck } from '../../campaigns/campaigns.ts'

const Mistakes = ({ mistakes }: Pick<CheckedLanding, 'mistakes'>): JSX.Element => (
  <ul class="mistakes">
    {mistakes.map(({ code, text }) => (
      <li key={code + text}>{text}</li>
    ))}
  </ul>
)

const Reasons = ({ campaignReasons: reasons }: Pick<CheckedLanding, 'campaignReasons'>): JSX.Element => (
  <table class="reasons">
    <caption class="visually-hidden">Campaign</caption>
    <tbody>
      {reasons.map(({ field, value, because }) => (
        <tr key={field}>
          <th scope="row">{field}</th>
          <td>
            {value}
            <span class="cell-sub reason">from {because}</span>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const Landing = ({ landing }: { landing: CheckedLanding }): JSX.Element => {
  const { campaignReasons, referrer, referrerReason, searchTerms, mistakes } = landing
  return (
    <>
      {campaignReasons.length ? <Reasons campaignReasons={campaignReasons} /> : <p>No campaign: nothing in this link is read as one.</p>}
      <p class="verdict-referrer">
        Referrer: <strong>{referrer ? [referrer.medium, referrer.name].filter(Boolean).join(', ') : 'none'}</strong>
        <span class="cell-sub reason">{referrerReason}</span>
      </p>
      {searchTerms.length > 0 && <p>Searched for: {searchTerms.join(', ')}</p>}
      {mistakes.length > 0 && <Mistakes mistakes={mistakes} />}
    </>
  )
}

/** What a link counts as and why, and what is probably not meant. */
export const LandingVerdict = ({ check }: { check: LinkCheck | undefined }): JSX.Element => (
  <div class="verdict" role="status">
    {check && <h3>Counts as</h3>}
    {check?.phase === 'checking' && <p>Looking…</p>}
    {check?.phase === 'failed' && <p class="verdict-failed">{check.message}</p>}
    {check?.phase === 'done' && <Landing landing={check.landing} />}
  </div>
)
