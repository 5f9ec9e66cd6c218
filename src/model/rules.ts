import type { SessionRules } from './event.ts'

/** Waiting times when neither the page nor the site says otherwise. */
export const defaultRules: SessionRules = {
  idleAfterSeconds: 60,
  awayAfterSeconds: 300,
  leaveGraceSeconds: 30,
  sessionTimeoutSeconds: 1800,
  sessionMaxSeconds: 86400,
}
