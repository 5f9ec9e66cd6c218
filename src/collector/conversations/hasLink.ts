import type { ForeignDocument, Link } from './documentStore.ts'

/** True for a document with one of the links. */
export const hasLink = ({ links }: Pick<ForeignDocument, 'links'>, wanted: readonly Link[]): boolean =>
  links.some(link => wanted.some(({ by, value }) => by === link.by && value === link.value))
