import type { Conversations } from '../../conversations/createConversations.ts'
import type { Facets, ForeignDocument, JsonObject } from '../../conversations/documentStore.ts'
import { toPropertyFacets } from './syllableSession.ts'

/** Kind of the documents. */
export const labelKind = 'syllable.label'

/** Properties that labels are searched and put in order by. */
export const labelProperties = ['timestamp', 'session_id', 'type', 'code', 'user_email', 'issue_categories', 'session_id_list'] as const

/** Labels that are looked at in one step. */
const chunk = 100

/** How a label is stored: tied to whom its session is tied to, since who is erased is erased with what was said of their calls. */
export const toLabelDocument = (label: JsonObject, { at, links }: Pick<ForeignDocument, 'at' | 'links'>): { document: ForeignDocument; facets: Facets } => {
  const id = Number(label.id)
  return { document: { kind: labelKind, id: String(id), at, body: label, links }, facets: { ...toPropertyFacets(labelProperties, label), id } }
}

const labelsOf = (conversations: Pick<Conversations, 'find'>, session: string): ForeignDocument[] => {
  const search = { kind: labelKind, where: [{ facet: 'is:session_id', anyOf: [session] }], orderBy: 'id', limit: chunk }
  const labels: ForeignDocument[] = []
  for (;;) {
    const { documents } = conversations.find({ ...search, offset: labels.length })
    labels.push(...documents)
    if (documents.length < chunk) return labels
  }
}

/** Ties the labels of a session to whom it is tied to now: who has called may become known after somebody has judged the call. */
export const tieLabels = (conversations: Pick<Conversations, 'find' | 'put'>, { id, links }: Pick<ForeignDocument, 'id' | 'links'>): void => {
  for (const { at, body } of labelsOf(conversations, id)) {
    const { document, facets } = toLabelDocument(body, { at, links })
    conversations.put(document, facets)
  }
}

/** Removes the labels of a session that is removed: what was said of a call goes with it. */
export const removeLabels = (conversations: Pick<Conversations, 'find' | 'remove'>, session: string): void => {
  for (const { kind, id } of labelsOf(conversations, session)) conversations.remove(kind, id)
}
