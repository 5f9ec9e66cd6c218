/**
 * Lets a form be used. Its controls are disabled in the page until its script listens: a form sent before that would only
 * reload the page.
 *
 * @param {Element} form
 */
export const enable = form => {
  for (const control of form.querySelectorAll(':disabled')) control.disabled = false
}
