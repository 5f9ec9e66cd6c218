import type { ConversationSession } from './conversationSession.ts'
import type { DocumentKey, DocumentStore, ForeignDocument, RemovedDocument } from './documentStore.ts'

export interface ConversationRetainOptions {
  documents: Pick<DocumentStore, 'list' | 'remove'>
  /** Shows a document; undefined for what is no conversation. */
  show(document: ForeignDocument): ConversationSession | undefined
  /** The site of the Sessions that a document is tied to; undefined for none. */
  siteOf(document: ForeignDocument): string | undefined
  /** Days that Sessions of a site are kept; undefined for ever. */
  daysOf(site: string): number | undefined
  /** The fewest days that are kept anywhere: for conversations that are tied to no site, too. Undefined where everything is kept for ever. */
  fewest: number | undefined
  /** Told of each document that was removed. */
  onRemoved?: ((documents: readonly RemovedDocument[]) => void) | undefined
  /** Milliseconds since 1970. */
  now: number
}

const dayLength = 86_400_000

/** Documents that are looked at in one step. */
const chunk = 50

/** In a conversation of one's own model stands what was sent, whatever that is. */
const dateIn = (event: unknown): unknown => (typeof event === 'object' && event !== null && 'createdDate' in event ? event.createdDate : undefined)

/** The last thing that is told of a conversation: one that nobody has ended is not kept for ever. */
const lastTold = ({ at }: ForeignDocument, conversation: ConversationSession | undefined): number => {
  const dates = [conversation?.endedDate, dateIn(conversation?.lastEvent)].map(date => (typeof date === 'string' ? Date.parse(date) : NaN))
  return Math.max(at, ...dates.filter(date => !Number.isNaN(date)))
}

/** Removes conversations, and what was said of them, that are older than Sessions are kept: by when they began, and the last that is told of them. @returns how many */
export function* retainConversations({ documents, show, siteOf, daysOf, fewest, onRemoved, now }: ConversationRetainOptions): Generator<number, number> {
  if (fewest === undefined) return 0
  let removed = 0
  let after: DocumentKey | undefined
  for (;;) {
    const part = documents.list({ to: now - fewest * dayLength, oldestFirst: true, limit: chunk, ...(after && { after }) })
    for (const document of part) {
      const conversation = show(document)
      const site = conversation ? conversation.site : siteOf(document)
      const kept = site === undefined ? fewest : daysOf(site)
      if (kept === undefined || lastTold(document, conversation) >= now - kept * dayLength) continue
      const { kind, id } = document
      documents.remove(kind, id)
      onRemoved?.([{ kind, id, ...(site !== undefined && { site }) }])
      removed++
    }
    after = part.at(-1)
    if (part.length < chunk) return removed
    yield removed
  }
}
