/** @typedef {{ snapshot: { meta: { node_fields: string[], node_types: [string[]] } }, nodes: number[], strings: string[] }} Snapshot */

/**
 * Takes a heap snapshot of a page, once what nobody holds is collected.
 *
 * @param {import('playwright-core').CDPSession} session
 * @returns {Promise<Map<string, number>>} bytes by kind (`object`, `string`, `code` and so on), and by kind and name (`object: Event`)
 */
export const readSnapshot = async session => {
  for (let i = 0; i < 3; i++) await session.send('HeapProfiler.collectGarbage')
  let text = ''
  const take = (/** @type {{ chunk: string }} */ { chunk }) => void (text += chunk)
  session.on('HeapProfiler.addHeapSnapshotChunk', take)
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  session.off('HeapProfiler.addHeapSnapshotChunk', take)
  const { snapshot, nodes, strings } = /** @type {Snapshot} */ (JSON.parse(text))
  const { node_fields: fields, node_types: [kinds] } = snapshot.meta
  const [kindAt, nameAt, sizeAt] = ['type', 'name', 'self_size'].map(name => fields.indexOf(name))
  /** @type {Map<string, number>} */
  const sizes = new Map()
  for (let at = 0; at < nodes.length; at += fields.length) {
    const read = (/** @type {number | undefined} */ field = 0) => nodes[at + field] ?? 0
    const kind = kinds[read(kindAt)] ?? ''
    for (const key of [kind, `${kind}: ${strings[read(nameAt)] ?? ''}`]) sizes.set(key, (sizes.get(key) ?? 0) + read(sizeAt))
  }
  return sizes
}
