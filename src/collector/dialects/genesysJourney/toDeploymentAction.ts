import type { Session } from '../../../model/session.ts'
import type { WebAction } from '../../actions/webAction.ts'
import type { JsonObject } from '../../conversations/documentStore.ts'

/** An action as a page gets it by a ping. What it is asked for, and by whom it would be served, is nothing for the page. */
export const toDeploymentAction = (action: WebAction, { customerId, customerIdType }: Pick<Session, 'customerId' | 'customerIdType'>): JsonObject => {
  const { prompt: _prompt, actionTarget: _target, createdDate: _date, state: _state, actionMap, ...offered } = action
  return {
    ...offered,
    ...(customerId !== undefined && { customerId }),
    ...(customerIdType !== undefined && { customerIdType }),
    actionMapId: actionMap.id,
    actionMapVersion: actionMap.version,
  }
}
