/* What every page does: the number beside the cart, the letter, and what Sojourn knows of this visit. */
import { enable } from './enable.js'
import { readCart } from './storedCart.js'
import { startVisitPanel } from './visitPanel.js'

const showCartCount = () => {
  const count = [...readCart().values()].reduce((sum, quantity) => sum + quantity, 0)
  for (const badge of document.querySelectorAll('[data-cart-count]')) {
    badge.textContent = String(count)
    badge.hidden = count === 0
  }
}

showCartCount()
// Told by this page, by other tabs, and after coming back from the cache.
for (const name of ['cart', 'storage', 'pageshow']) addEventListener(name, showCartCount)

const newsletter = document.querySelector('[data-newsletter]')

newsletter?.addEventListener('submit', event => {
  event.preventDefault()
  sojourn('track', 'newsletter_subscribed')
  newsletter.reset()
  newsletter.querySelector('[role="status"]').textContent = 'Thank you. As the shop is not real, no letter will come.'
})
if (newsletter) enable(newsletter)

startVisitPanel()
