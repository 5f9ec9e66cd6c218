import type { Schema } from './openDatabase.ts'

/**
 * Tables of the Sessions. Everything here is made from the event log, and can be thrown away.
 *
 * - `sessions`: what is searched for is in columns, all else is JSON in `body`. `ends_at` is 0 for a session that was ended, and
 *   `customer_id` is set only when the customer is known by more than the visitor id. Rows are long: in a table without a rowid
 *   each would take a page of its own. Every index ends in `row`, which orders sessions of one instant. `lasts_until` is set where
 *   segments were assigned that outlast the session: the last instant of any of them. `is_touch` is 1 where something outside the site
 *   has opened the session.
 * - `events`: which events of which batches of the log a session has, a row for each batch. The events themselves are in the log alone;
 *   what is kept beside their ids is what the log does not say (`eventRow.ts`).
 * - `former_events`: the events of a file of an earlier version, until its Sessions are made anew; empty from then on.
 * - `sites`: numbers that stand for the names of sites in the other tables.
 * - `holdings`: who has which short id until when.
 * - `mark`: one row, written together with everything else of a transaction.
 * - `losses`: what pages have said they lost, of sessions that are not there.
 * - `live`: the sessions that are not over, and some that were not long ago, by when they began.
 * - `names`: which sessions have an event that names a customer.
 * - `tokens`: who brought an identity token first.
 * - `counts`: sums over all events of a site.
 * - `campaigns`: numbers that stand for what campaigns are known by; `campaign_days`: what each has led to, by the day (UTC, since 1970) on
 *   which its sessions began.
 *
 * Keys begin with a time-ordered id, so that new rows come to the end of each tree.
 */
const tables = `
  CREATE TABLE sessions (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL,
    site_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    idle_at INTEGER NOT NULL,
    away_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    short_id TEXT,
    customer_id TEXT,
    visitor_id BLOB,
    body TEXT NOT NULL,
    UNIQUE (id, site_id)
  );
  CREATE INDEX sessions_by_creation ON sessions (created_at);
  CREATE INDEX sessions_by_site ON sessions (site_id, created_at);
  CREATE INDEX sessions_by_visitor ON sessions (visitor_id, created_at);
  CREATE INDEX sessions_by_customer ON sessions (customer_id, created_at) WHERE customer_id IS NOT NULL;
  CREATE INDEX sessions_by_short_id ON sessions (short_id, created_at);
  CREATE INDEX sessions_by_end ON sessions (ends_at, away_at, idle_at, created_at, site_id);
  CREATE TABLE events (
    session_id BLOB NOT NULL,
    site_id INTEGER NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    client_at INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (session_id, site_id, id)
  ) WITHOUT ROWID;
  CREATE TABLE holdings (
    site_id INTEGER NOT NULL,
    short_id TEXT NOT NULL,
    session_id BLOB NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (site_id, short_id)
  ) WITHOUT ROWID;
  CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
  );
`

const deliveryTables = `
  CREATE TABLE losses (
    session_id BLOB NOT NULL,
    site_id INTEGER NOT NULL,
    visitor_id BLOB NOT NULL,
    lost TEXT NOT NULL,
    PRIMARY KEY (session_id, site_id, visitor_id)
  ) WITHOUT ROWID;
  CREATE TABLE counts (
    site_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (site_id, name)
  ) WITHOUT ROWID;
`

/** For segments of customers. */
const lasting = `
  ALTER TABLE sessions ADD COLUMN lasts_until INTEGER;
  CREATE INDEX sessions_by_lasting_visitor ON sessions (visitor_id, lasts_until) WHERE lasts_until IS NOT NULL;
  CREATE INDEX sessions_by_lasting_customer ON sessions (customer_id, lasts_until) WHERE lasts_until IS NOT NULL;
`

const tokens = `
  CREATE TABLE tokens (
    site_id INTEGER NOT NULL,
    token TEXT NOT NULL,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (site_id, token)
  ) WITHOUT ROWID;
`

/** The key of the days finds those of a campaign within a period, which is all that lists ask for. */
const campaignTables = `
  CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY,
    site_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    medium TEXT NOT NULL,
    UNIQUE (site_id, name, source, medium)
  );
  CREATE TABLE campaign_days (
    campaign_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    pageviews INTEGER NOT NULL,
    outcomes INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, day)
  ) WITHOUT ROWID;
`

const names = `
  CREATE TABLE names (
    customer_id TEXT NOT NULL,
    site_id INTEGER NOT NULL,
    session_id BLOB NOT NULL,
    customer_type TEXT NOT NULL,
    PRIMARY KEY (customer_id, site_id, session_id, customer_type)
  ) WITHOUT ROWID;
`

/** For the first and the last of what has brought a visitor. Only few sessions of most sites are in the index, and it is written once for each. */
const touches = `
  ALTER TABLE sessions ADD COLUMN is_touch INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX sessions_by_touch ON sessions (visitor_id, site_id, created_at) WHERE is_touch = 1;
`

/**
 * Lists of who is live go through these rows, newest first: they are short, and as few as sessions are live. An index of the sessions could
 * have either who is live or the order.
 */
const live = `
  CREATE TABLE live (
    created_at INTEGER NOT NULL,
    row INTEGER NOT NULL,
    site_id INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    away_at INTEGER NOT NULL,
    idle_at INTEGER NOT NULL,
    PRIMARY KEY (created_at, row)
  ) WITHOUT ROWID;
  INSERT INTO live SELECT created_at, row, site_id, ends_at, away_at, idle_at FROM sessions INDEXED BY sessions_by_end
    WHERE ends_at > (SELECT max(created_at) FROM sessions) - 86400000;
  DROP INDEX sessions_by_end;
`

/**
 * Where the events of a session are. Before, they were here too, which was most of the file: to remove so much takes long, and is done where
 * the Sessions are made anew, beside what a start has to do.
 */
const eventPlaces = `
  ALTER TABLE events RENAME TO former_events;
  CREATE TABLE events (
    session_id BLOB NOT NULL,
    site_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    ids BLOB NOT NULL,
    repairs TEXT,
    named TEXT,
    PRIMARY KEY (session_id, site_id, position)
  ) WITHOUT ROWID;
`

/** For retention. What stands there without a date is made anew with the Sessions. */
const lossDates = 'ALTER TABLE losses ADD COLUMN told_at INTEGER NOT NULL DEFAULT 0;'

/** Removes every row by removing the tables, which is much the quicker way. The numbers of sites stay: readers remember them. */
export const resetTables = `
  DROP TABLE sessions; DROP TABLE events; DROP TABLE holdings; DROP TABLE mark; DROP TABLE losses; DROP TABLE counts; DROP TABLE tokens;
  DROP TABLE campaigns; DROP TABLE campaign_days; DROP TABLE names; DROP TABLE live; DROP TABLE former_events;
  ${tables}
  ${deliveryTables}
  ${lasting}
  ${tokens}
  ${campaignTables}
  ${names}
  ${touches}
  ${live}
  ${eventPlaces}
  ${lossDates}
`

export const sessionSchema: Schema = {
  name: 'a session store of Sojourn',
  applicationId: 0x536f5365,
  migrations: [`CREATE TABLE sites (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE); ${tables}`, deliveryTables, lasting, tokens, campaignTables, names, touches, live, eventPlaces, lossDates],
  advice: 'Move it away, with the files of the same name that end in -wal and -shm: the next start makes it again from the event log.',
  // Of a usual Session there are three in such a page. In one of half that size there is one, and nearly another one's room is empty.
  pageSize: 8192,
}
