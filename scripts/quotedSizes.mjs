/** Where a text quotes a size: `<!-- size:script -->6.7 KB<!-- /size -->`. */
const quote = /(?<=<!-- size:(\w+) -->).*?(?=<!-- \/size -->)/g

/**
 * A size in words, KB being 1000 bytes.
 *
 * @param {number} bytes
 */
export const toKilobytes = bytes => `${(bytes / 1000).toFixed(1)} KB`

/**
 * The sizes that a text quotes, in bytes, by name.
 *
 * @param {string} text
 * @returns {Record<string, number>}
 */
export const readQuotedSizes = text =>
  Object.fromEntries([...text.matchAll(quote)].map(([size, name]) => [name, Number.parseFloat(size) * 1000]))

/**
 * Puts sizes into the places of a text that quote them.
 *
 * @param {string} text
 * @param {Record<string, { brotli: number }>} sizes
 */
export const writeQuotedSizes = (text, sizes) => text.replace(quote, (old, name) => (sizes[name] ? toKilobytes(sizes[name].brotli) : old))
