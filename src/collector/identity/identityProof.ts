/**
 * What a verified identity token has proven: the `identify` event that carried it names the customer who is there. It stands in the log
 * beside the batch, so that Sessions that are made again need neither the token nor the keys of that day.
 */
export interface IdentityProof {
  /** Id of the `identify` event. */
  event: string
  /** Names the token, and is not the token: SHA-256, base64url. */
  token: string
  /** From when on the token proves nothing more, milliseconds since 1970. */
  until: number
  /** Who may use the token: the session that brought it first, or all sessions of that visitor. */
  boundTo: 'session' | 'visitor'
}

/** Why a token proves nothing. */
export type TokenRefusal =
  | 'no-keys'
  | 'too-many'
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'keys-unavailable'
  | 'expired'
  | 'not-yet-valid'
  | 'issuer'
  | 'audience'
  | 'claims'
  | 'customer'
  | 'session'
