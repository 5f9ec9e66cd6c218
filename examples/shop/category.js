import './page.js'
import { enable } from './enable.js'

const select = document.querySelector('[data-sort]')
const list = document.querySelector('[data-cards]')
const ourChoice = [...list.children]

const orders = {
  cheapest: (a, b) => a.dataset.price - b.dataset.price,
  dearest: (a, b) => b.dataset.price - a.dataset.price,
}

const show = order => {
  const cards = Object.hasOwn(orders, order) ? [...ourChoice].sort(orders[order]) : ourChoice
  list.replaceChildren(...cards)
}

const showAsAddressed = () => {
  const order = new URLSearchParams(location.search).get('sort') ?? ''
  select.value = Object.hasOwn(orders, order) ? order : ''
  show(order)
}

// The order is part of the address, so a choice is a navigation within the document, and a pageview.
select.addEventListener('change', () => {
  const address = new URL(location.href)
  if (select.value) address.searchParams.set('sort', select.value)
  else address.searchParams.delete('sort')
  history.pushState(null, '', address)
  show(select.value)
})
addEventListener('popstate', showAsAddressed)
enable(select.parentElement)
showAsAddressed()
