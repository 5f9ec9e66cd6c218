import type { Schema } from './openDatabase.ts'

/**
 * Tables of documents in other models. They were written over the API and are in no log: this file cannot be made again.
 *
 * - `documents`: `body` is the document as JSON, `row` orders those of one value. `at` is when it began.
 * - `facets`: what documents are found and put in order by; `value` has no type, so that numbers stay numbers.
 * - `links`: what ties documents to web sessions.
 */
const tables = `
  CREATE TABLE documents (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (kind, id)
  );
  CREATE TABLE facets (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value NOT NULL,
    row INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (kind, name, value, row)
  ) WITHOUT ROWID;
  CREATE INDEX facets_by_row ON facets (row, name, value);
  CREATE TABLE links (
    type TEXT NOT NULL,
    value TEXT NOT NULL,
    row INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (type, value, row)
  ) WITHOUT ROWID;
  CREATE INDEX links_by_row ON links (row, type, value);
`

/** For lists of all kinds. */
const beginnings = 'CREATE INDEX documents_by_beginning ON documents (at, kind, id);'

export const documentSchema: Schema = {
  name: 'a store of conversations of Sojourn',
  applicationId: 0x536f446f,
  migrations: [tables, beginnings],
  advice: 'Put it back from a backup, or move it away, with the files of the same name that end in -wal and -shm: conversations are lost then.',
}
