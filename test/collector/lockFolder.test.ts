import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockFolder } from '../../src/collector/sqlite/lockFolder.ts'
import { temporaryFolder } from '../conformance/temporaryFolder.ts'

/** Works as somebody without rights, where this is somebody who has all. */
const withoutRights = (work: () => void): void => {
  if (process.geteuid?.() !== 0) return work()
  process.seteuid!(65_534)
  try {
    work()
  } finally {
    process.seteuid!(0)
  }
}

test('a folder whose lock may only be read is not taken, for two would have it', ({ skip }) => {
  if (process.platform === 'win32') skip('there are no such rights')
  const folder = temporaryFolder()
  chmodSync(folder, 0o777)
  writeFileSync(join(folder, 'collector.lock'), '', { mode: 0o444 })
  withoutRights(() => expect(() => lockFolder(folder)).toThrow(`${folder} cannot be written to`))
})
