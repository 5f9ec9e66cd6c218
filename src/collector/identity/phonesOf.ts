import type { Event } from '../../model/event.ts'
import { toE164 } from '../conversations/toE164.ts'

/** Traits that hold a phone number, as pages and other vendors call them. */
const traits = ['phone', 'phoneNumber', 'cellPhone', 'homePhone', 'workPhone', 'mobile'] as const

/** Phone numbers of the customer that an event tells, E.164. One without its country is nobody's. */
export const phonesOf = (event: Event): string[] => {
  if (event.type !== 'identify' || !event.traits) return []
  const told: Record<string, unknown> = event.traits
  const texts = traits.flatMap(name => (Object.hasOwn(told, name) ? [told[name]] : []))
  return [...new Set(texts.flatMap(text => (typeof text === 'string' ? (toE164(text) ?? []) : [])))]
}
