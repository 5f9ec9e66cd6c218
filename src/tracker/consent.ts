import type { Core } from './core.ts'

/** Whether the visitor lets the site track. */
export type ConsentState = 'granted' | 'pending' | 'denied'

/** What a visitor who was asked has said. */
export type ConsentAnswer = Exclude<ConsentState, 'pending'>

interface ConsentOptions {
  /** Called with each permission, and whether the visitor had refused before. */
  onGranted(isAnew: boolean): void
  /** Called with each refusal. */
  onDenied(): void
}

/** Keeps what the visitor has answered, here or in another tab. */
export const createConsent = ({ platform, settings, fail }: Core, { onGranted, onDenied }: ConsentOptions) => {
  let state: ConsentState = settings.honorGlobalPrivacyControl && platform.hasPrivacyControl() ? 'denied' : settings.consent
  if (state === 'denied') platform.erase()

  const hear = (answer: ConsentAnswer): void => {
    const before = state
    state = answer
    if (answer === 'denied') onDenied()
    else onGranted(before === 'denied')
  }

  return {
    isGranted: (): boolean => state === 'granted',
    isPending: (): boolean => state === 'pending',
    /** Takes an answer that another tab was given. */
    hear,
    /** Takes the visitor's answer, and tells the other tabs. */
    answer: (answer: ConsentAnswer): void => {
      if (!/^(granted|denied)$/.test(answer)) return void fail('argument', 'consent', answer)
      // A stub may have kept the answer until now: what is told before the page has started reaches nobody.
      void platform.started.then(() => platform.tell({ consent: answer }))
      hear(answer)
    },
  }
}
