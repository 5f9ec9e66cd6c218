import type { Database } from 'better-sqlite3'

/** Numbers that stand for the names of sites. */
export interface SiteIds {
  /** @returns undefined for a site that nothing is stored of */
  find(name: string): number | undefined
  /** The number of a site; a new one when it has none. Only within a transaction. */
  add(name: string): number
  nameOf(id: number): string
  /** Forgets what it knows: what was added may have been rolled back. */
  forget(): void
}

/** Creates the numbering of the table `sites`. It remembers what it has read: a number, once committed, never changes. */
export const createSiteIds = (db: Database): SiteIds => {
  const selectId = db.prepare<[string], number>('SELECT id FROM sites WHERE name = ?').pluck()
  const selectName = db.prepare<[number], string>('SELECT name FROM sites WHERE id = ?').pluck()
  const insert = db.prepare<[string]>('INSERT INTO sites (name) VALUES (?)')
  const ids = new Map<string, number>()
  const names = new Map<number, string>()

  const find = (name: string): number | undefined => {
    const id = ids.get(name) ?? selectId.get(name)
    if (id !== undefined) ids.set(name, id)
    return id
  }

  return {
    find,
    add: name => find(name) ?? Number(insert.run(name).lastInsertRowid),
    nameOf: id => {
      const name = names.get(id) ?? selectName.get(id)
      if (name === undefined) throw new Error(`no site has the number ${id}`)
      names.set(id, name)
      return name
    },
    forget: () => {
      ids.clear()
      names.clear()
    },
  }
}
