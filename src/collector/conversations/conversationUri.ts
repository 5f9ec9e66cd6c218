/** Path under which the API serves a conversation. */
export const toConversationUri = (id: string): string => `/v1/conversations/${encodeURIComponent(id)}`
