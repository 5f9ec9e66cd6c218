import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An id as the databases keep it, beside its text. */
const toBytes = (text: string): Buffer[] => (/^[0-9a-f-]{36}$/.test(text) ? [Buffer.from(text), Buffer.from(text.replaceAll('-', ''), 'hex')] : [Buffer.from(text)])

/** Which of the texts are anywhere in the files of a folder, used or not: `log.sqlite-wal: c-1`. */
export const filesWith = (folder: string, texts: readonly string[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const content = readFileSync(join(parentPath, name))
      return texts.filter(text => toBytes(text).some(bytes => content.includes(bytes))).map(text => `${name}: ${text}`)
    })
