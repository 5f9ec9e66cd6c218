/** Members under these names are maps: their keys are somebody's own words. */
const maps = new Set(['attributes', 'attributeLists', 'traits', 'messageParams', 'configurationFields'])

const toSnakeName = (name: string): string => name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)

const toCamelName = (name: string): string => name.replace(/(?<=[a-z0-9])_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())

/** Renames the fields of a document, to its last depth, and leaves the keys of maps as they are. */
const createRenaming = (rename: (name: string) => string, isMap: (name: string) => boolean) => {
  const renameValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renameValue)
    return typeof value === 'object' && value !== null ? renameFields(value) : value
  }
  const renameEntries = (map: unknown): unknown =>
    typeof map === 'object' && map !== null && !Array.isArray(map)
      ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, renameValue(value)]))
      : renameValue(map)
  const renameFields = (value: object): object =>
    Object.fromEntries(Object.entries(value).map(([name, field]) => [rename(name), isMap(name) ? renameEntries(field) : renameValue(field)]))
  return renameValue
}

/** `customerId` becomes `customer_id`, as the vendor's Python client names its fields. */
export const toSnakeCase = createRenaming(toSnakeName, name => maps.has(name))

/** `customer_id` becomes `customerId`. */
export const toCamelCase = createRenaming(toCamelName, name => maps.has(toCamelName(name)))
