// Prints the sizes of what was built, and puts them into the README.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild } from './ensureBuild.mjs'
import { measureSizes } from './measureSizes.mjs'
import { writeQuotedSizes } from './quotedSizes.mjs'
import { root } from './run.mjs'

ensureBuild()
const sizes = await measureSizes()
for (const [name, { plain, gzip, brotli }] of Object.entries(sizes)) process.stdout.write(`${name}: ${plain} bytes, gzip ${gzip}, brotli ${brotli}\n`)
const readme = join(root, 'README.md')
writeFileSync(readme, writeQuotedSizes(readFileSync(readme, 'utf8'), sizes))
