import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const filesOf = (folder: string): string[] => readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.md')).map(name => `${folder}${name}`)
const pages = ['README.md', ...filesOf('docs/'), ...filesOf('examples/')]

const read = (address: URL): string => readFileSync(address, 'utf8')

/** The anchor that a heading has where documents are shown. */
const toAnchor = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-')

const hasAnchor = (address: URL, anchor: string): boolean => [...read(address).matchAll(/^#+ (.*)$/gm)].some(([, heading]) => toAnchor(heading!) === anchor)

const leadsSomewhere = (page: string, link: string): boolean => {
  const [path, anchor] = link.split('#')
  const address = new URL(path || page.replace(/.*\//, ''), new URL(page, root))
  return existsSync(address) && (!anchor || hasAnchor(address, anchor))
}

test.each(pages)('every link of %s leads to a file, and to a heading of it', page => {
  const links = [...read(new URL(page, root)).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link!)
  expect(links.filter(link => !leadsSomewhere(page, link))).toEqual([])
})
