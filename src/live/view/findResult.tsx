import type { JSX } from 'preact'
import type { Find } from '../state.ts'
import { SessionTable } from './sessionTable.tsx'
import { toSessionStatus } from '../sessionStatus.ts'

interface FindResultProps {
  find: Find
  now: number
}

const toWords = (find: Find): string => {
  switch (find.phase) {
    case 'idle':
      return ''
    case 'searching':
      return `Looking for ${find.shortId}…`
    case 'none':
      return `Nobody on the site has the short id ${find.shortId} now.`
    case 'failed':
      return find.message
    case 'several':
      return `${find.sessions.length} visitors have the short id ${find.shortId}, on different sites.`
  }
}

/** What became of the search by short id, where it did not lead straight to the session. */
export const FindResult = ({ find, now }: FindResultProps): JSX.Element => (
  <>
    <p class={find.phase === 'idle' ? 'visually-hidden' : 'notice'} role="status">
      {toWords(find)}
    </p>
    {find.phase === 'several' && (
      <SessionTable
        caption="Visitors found"
        rows={find.sessions.map(session => ({ session, status: toSessionStatus(session, now) }))}
        now={now}
      />
    )}
  </>
)
