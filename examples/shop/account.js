import './page.js'
import { enable } from './enable.js'

const key = 'lantern-and-loom-customer'

/** Where storage is blocked, nobody stays signed in. */
const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

const write = customer => {
  try {
    sessionStorage.setItem(key, JSON.stringify(customer))
  } catch (cause) {
    console.warn('The browser does not let the shop remember who signed in.', cause)
  }
}

const signIn = document.querySelector('[data-sign-in]')
const signedIn = document.querySelector('[data-signed-in]')

const show = customer => {
  signIn.hidden = Boolean(customer)
  signedIn.hidden = !customer
  document.querySelector('[data-greeting]').textContent = customer ? `Good evening, ${customer.givenName || customer.id}. You are signed in.` : ''
}

signIn.addEventListener('submit', event => {
  event.preventDefault()
  const { customer, givenName, email } = Object.fromEntries(new FormData(signIn))
  const traits = Object.fromEntries(Object.entries({ givenName, email }).filter(([, value]) => value))
  sojourn('identify', customer, { type: 'crm', traits })
  const known = { id: customer, givenName }
  write(known)
  show(known)
})

document.querySelector('[data-sign-out]').addEventListener('click', () => {
  sojourn('reset')
  write(null)
  show(null)
  signIn.elements.customer.focus()
})

enable(signIn)
show(read())
