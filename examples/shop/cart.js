import './page.js'
import { toMoney } from './catalogue.js'
import { readCart, toLines, toTotal, writeCart } from './storedCart.js'

const order = document.querySelector('[data-order]')

const remove = ({ sku, quantity }) => {
  const cart = readCart()
  cart.delete(sku)
  writeCart(cart)
  sojourn('track', 'cart_remove', { sku, quantity })
  document.querySelector('h1').tabIndex = -1
  document.querySelector('h1').focus()
}

const toRow = line => {
  const { sku, name, price, quantity } = line
  const row = document.createElement('li')
  const picture = Object.assign(document.createElement('img'), { src: `pictures/${sku}.svg`, alt: '', width: 80, height: 60 })
  const link = Object.assign(document.createElement('a'), { href: `${sku}.html`, textContent: name })
  const amount = Object.assign(document.createElement('span'), { className: 'price', textContent: `${quantity} × ${toMoney(price)}` })
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'button button-plain', textContent: 'Remove' })
  button.setAttribute('aria-label', `Remove ${name}`)
  button.addEventListener('click', () => remove(line))
  row.append(picture, link, amount, button)
  return row
}

const show = () => {
  const lines = toLines(readCart())
  order.hidden = lines.length === 0
  document.querySelector('[data-empty]').hidden = lines.length > 0
  document.querySelector('[data-lines]').replaceChildren(...lines.map(toRow))
  document.querySelector('[data-total]').textContent = toMoney(toTotal(lines))
}

order.addEventListener('submit', event => {
  event.preventDefault()
  const lines = toLines(readCart())
  sojourn('track', 'order_completed', {
    total: toTotal(lines),
    currency: 'EUR',
    items: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    skus: lines.map(({ sku }) => sku),
  })
  writeCart(new Map())
  // The event is on its way although the page is left at once.
  location.href = 'thanks.html'
})

for (const name of ['cart', 'storage', 'pageshow']) addEventListener(name, show)
show()
