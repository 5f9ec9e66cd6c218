import type { JSX } from 'preact'
import type { SessionStatus } from '../../model/session.ts'
import type { LiveSession } from '../liveSession.ts'
import { SessionRow } from './sessionRow.tsx'

interface SessionTableProps {
  caption: string
  rows: { session: LiveSession; status: SessionStatus }[]
  now: number
}

const columns = ['Status', 'Visitor', 'Page', 'Came by', 'Browser', 'Country', 'Time']

/** Sessions, one a row. On a narrow screen each row becomes a card; the roles keep it a table for screen readers. */
export const SessionTable = ({ caption, rows, now }: SessionTableProps): JSX.Element => (
  <div class="table-frame">
    <table class="sessions" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(column => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ session, status }) => (
          <SessionRow key={session.id} session={session} status={status} now={now} />
        ))}
      </tbody>
    </table>
  </div>
)
