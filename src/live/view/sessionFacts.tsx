import type { JSX } from 'preact'
import { toFactGroups, type Fact } from '../factGroups.ts'
import type { LiveSession } from '../liveSession.ts'
import { toSafeLink } from '../safeLink.ts'

const FactValue = ({ value, isLink }: Fact): JSX.Element => {
  const href = isLink ? toSafeLink(value) : undefined
  return href ? (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {value}
    </a>
  ) : (
    <>{value}</>
  )
}

/** Everything known of a session, in groups. */
export const SessionFacts = ({ session }: { session: LiveSession }): JSX.Element => (
  <div class="facts">
    {toFactGroups(session).map(({ title, facts }) => (
      <section key={title} class="panel">
        <h2>{title}</h2>
        <dl class="fact-list">
          {facts.map(fact => (
            <div key={fact.name}>
              <dt>{fact.name}</dt>
              <dd>
                <FactValue {...fact} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </div>
)
