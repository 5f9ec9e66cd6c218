import model from '../dialects/genesysJourney/journeyEvents.json' with { type: 'json' }

const { $defs } = model
const { mediaType, webMessagingOfferProperties, contentOfferProperties, openActionProperties } = $defs.DeploymentWebAction.properties

/** What somebody sends for an action: what the vendor's model has of one when a page asks, and when what became of it is read. */
export const webActionSchema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'The sender’s own; a new UUID where it is absent.' },
    mediaType,
    prompt: { type: 'string', description: 'What the visitor is asked, in short. Default: the text, title or name of the offer.' },
    actionMap: { $ref: '#/$defs/ActionEventActionMap' },
    actionTarget: { $ref: '#/$defs/AddressableEntityRef' },
    webMessagingOfferProperties,
    contentOfferProperties,
    openActionProperties,
  },
  required: ['mediaType'],
  $defs,
}
