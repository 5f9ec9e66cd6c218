import type { ToFacts } from '../projection/projection.ts'
import { createUserAgentParser } from './userAgent.ts'

/**
 * Creates the function that says what a batch tells of its session beside the events: who sent them, with which browser, from
 * where. Pure: the look-ups that need files were made when the batch came in.
 */
export const createToFacts = (): ToFacts => {
  const parseUserAgent = createUserAgentParser()
  return ({ batch, userAgent, address, geolocation, ipOrganization }, { divisionIds, externalUrl }) => {
    const { context, library, visitor } = batch
    const userAgentString = context.userAgent ?? userAgent ?? ''
    return {
      visitorId: visitor.id,
      ...(externalUrl && { externalUrl }),
      ...(divisionIds?.length && { divisionIds }),
      ...((userAgentString || context.device) && parseUserAgent(userAgentString, context)),
      ...(userAgentString && { userAgentString }),
      ...(geolocation && { geolocation }),
      ...(address && { ipAddress: address }),
      ...(ipOrganization && { ipOrganization }),
      ...(context.app && { app: context.app }),
      sdkLibrary: library,
      ...(context.networkConnectivity && { networkConnectivity: context.networkConnectivity }),
    }
  }
}
