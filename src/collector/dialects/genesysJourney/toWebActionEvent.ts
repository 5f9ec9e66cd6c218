import type { Session } from '../../../model/session.ts'
import type { WebAction } from '../../actions/webAction.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'
import type { ServedEvent } from '../../reading/servedSession.ts'
import { parseForeign } from './foreignFields.ts'
import { toSender, toShared } from './toWebEvent.ts'

/** Name of the event that tells what became of an action. */
export const actionEventName = 'web_action'

/** What an event tells of an action. */
export interface ToldAction {
  actionId: string
  actionState: string
  errorCode?: string
  errorMessage?: string
}

/** States in which it is decided what becomes of an action. */
const dispositions = new Set(['accepted', 'rejected', 'timedout', 'errored', 'ignored', 'abandoned', 'completed'])

const isText = (value: unknown): value is string => typeof value === 'string'

/** What an event tells of an action; undefined where it tells of none. */
export const toToldAction = (event: ServedEvent): ToldAction | undefined => {
  if (event.type !== 'custom' || event.eventName !== actionEventName) return undefined
  const { actionId, actionState, errorCode, errorMessage } = event.attributes ?? {}
  if (!isText(actionId) || !isText(actionState)) return undefined
  return { actionId, actionState, ...(isText(errorCode) && { errorCode }), ...(isText(errorMessage) && { errorMessage }) }
}

/** An action by what was told of it, and since when the visitor could decide: when it was shown, or else when it was offered. */
export interface ActionEventOptions {
  session: Session
  action: WebAction
  told: ToldAction
  since: number
}

/** What became of an action in the vendor's model. */
export const toWebActionEvent = (event: ServedEvent, { session, action, told, since }: ActionEventOptions): JsonObject => {
  const { id, mediaType, prompt, createdDate, actionMap, actionTarget } = action
  const { actionState, actionId: _id, ...errors } = told
  return {
    ...parseForeign(event.foreign).unknown,
    action: { id, state: actionState, mediaType, prompt, createdDate },
    actionMap,
    actionTarget,
    ...(dispositions.has(actionState) && { timeToDisposition: Math.max(0, event.at - since) }),
    ...errors,
    ...toSender(session),
    ...toShared(session),
    ...(session.referrer && { visitReferrer: session.referrer }),
  }
}
