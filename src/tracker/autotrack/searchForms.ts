import { usualSearchParameters } from '../../model/index.ts'
import type { Tracker } from '../tracker.ts'

const isField = (control: Element): control is HTMLInputElement => control instanceof HTMLInputElement && /^(search|text)$/.test(control.type)

/**
 * Tells what visitors search the site for with forms that stay on their page, as events `search`. Forms that lead to another page say
 * so in its address.
 *
 * @param names of the fields that hold the words. Default `q`, `query`, `search` and `s`, as in addresses
 */
export const searchForms =
  (names: readonly string[] = usualSearchParameters) =>
  (tracker: Pick<Tracker, 'track'>): (() => void) => {
    const onSubmit = (event: Event): void => {
      if (!(event.target instanceof HTMLFormElement)) return
      // A field may have the name of a property of the form, which then is hidden behind it.
      const controls = Reflect.get(HTMLFormElement.prototype, 'elements', event.target) as HTMLFormControlsCollection
      // Read before the page sees the event, for it may empty its fields.
      const searchTerms = [...controls].flatMap(control => (isField(control) && names.includes(control.name) && control.value.trim()) || [])
      if (!searchTerms.length) return
      // Whether the form stays is known when the page has seen it.
      setTimeout(() => event.defaultPrevented && tracker.track('search', { searchTerms }))
    }
    addEventListener('submit', onSubmit, true)
    return () => removeEventListener('submit', onSubmit, true)
  }
