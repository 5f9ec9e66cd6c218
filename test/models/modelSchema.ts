/** As much of JSON Schema as the models are written in. */
export interface ModelSchema {
  $ref?: string
  $defs?: Record<string, ModelSchema>
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: ModelSchema[]
  oneOf?: ModelSchema[]
  properties?: Record<string, ModelSchema>
  additionalProperties?: boolean | ModelSchema
  required?: string[]
  items?: ModelSchema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
}

/** Schemas of which a value has to follow one. */
export const variantsOf = ({ anyOf, oneOf }: ModelSchema): readonly ModelSchema[] => anyOf ?? oneOf ?? []

/** Name of the part that a reference is to; that of the whole for `#`. */
export const toPartName = (reference: string, whole: string): string => (reference === '#' ? whole : reference.slice(reference.lastIndexOf('/') + 1))

/** The part of a model that is called so. */
export const findPart = (model: ModelSchema, name: string, whole: string): ModelSchema => (name === whole ? model : model.$defs![name]!)
