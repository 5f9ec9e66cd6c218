import { webActionSchema } from './webActionSchema.ts'

const model = (name: string) => ({ $ref: `/v1/schemas/genesys-journey-events.json#/$defs/${name}` })

const properties = {
  ...webActionSchema.properties,
  actionMap: model('ActionEventActionMap'),
  actionTarget: model('AddressableEntityRef'),
  webMessagingOfferProperties: model('WebMessagingOfferProperties'),
  contentOfferProperties: model('ContentOffer'),
  openActionProperties: model('OpenActionProperties'),
}

/** Schemas that the paths of actions refer to. */
export const actionSchemas = {
  WebActionRequest: { type: 'object', properties, required: webActionSchema.required },
  WebAction: {
    type: 'object',
    description: 'Something that is offered to the visitor of a session, with everything that was sent.',
    properties: {
      ...properties,
      sessionId: { type: 'string', format: 'uuid' },
      createdDate: { type: 'string', format: 'date-time' },
      state: { type: 'string', description: 'What the page has told of it last, e.g. `accepted`; absent until it has told something.' },
    },
    required: ['id', 'mediaType', 'prompt', 'actionMap', 'actionTarget', 'sessionId', 'createdDate'],
  },
  WebActionList: { type: 'object', properties: { entities: { type: 'array', items: { $ref: '#/components/schemas/WebAction' } } }, required: ['entities'] },
}
