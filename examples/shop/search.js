import './page.js'
import { searchProducts, toMoney } from './catalogue.js'

const toCard = ({ sku, name, price }) => {
  const card = document.createElement('li')
  const picture = Object.assign(document.createElement('img'), { src: `pictures/${sku}.svg`, alt: '', width: 400, height: 300 })
  const link = Object.assign(document.createElement('a'), { href: `${sku}.html`, textContent: name })
  const amount = Object.assign(document.createElement('span'), { className: 'price', textContent: toMoney(price) })
  card.className = 'card'
  card.append(picture, link, amount)
  return card
}

const query = (new URLSearchParams(location.search).get('q') ?? '').trim()

if (query) {
  const found = searchProducts(query)
  document.querySelector('#q').value = query
  document.querySelector('[data-heading]').textContent = `Search for “${query}”`
  document.querySelector('[data-found]').textContent = `${found.length} of our things`
  document.querySelector('[data-results]').append(...found.map(toCard))
}
