import { createTracker } from 'sojourn'

// Once, beside the app: the tracker follows the routes by itself. The short wait is for those who watch the live page.
createTracker({ site: 'demo', collector: document.documentElement.dataset.collector, batch: { maxDelayMs: 500 } })

/** What the server would answer for a route: data to show, or where else to go. */
const load = async path => {
  await Promise.resolve()
  if (path === '/old') return { redirect: '/offers' }
  const [, lamp] = /^\/lamps\/(.+)/.exec(path) ?? []
  return { title: lamp ? `Lamp ${lamp}` : path === '/offers' ? 'Offers' : 'Lamps' }
}

const app = document.getElementById('app')
app.innerHTML = '<nav><a id="home" href="/">Home</a> <a id="lamp" href="/lamps/aurora">Aurora</a> <a id="old" href="/old">Offers</a></nav><h1></h1>'

let index = 0

/** As SvelteKit navigates: data first, then the address, then the page and its title; the scroll position stays in the entry that is left. */
const navigate = async (path, { replace = false, pop = false } = {}) => {
  const { redirect, title } = await load(path)
  if (redirect) return navigate(redirect, { replace, pop })
  if (!pop) {
    history.replaceState({ ...history.state, scroll: scrollY }, '')
    history[replace ? 'replaceState' : 'pushState']({ index: ++index }, '', path)
  }
  await new Promise(requestAnimationFrame)
  app.querySelector('h1').textContent = title
  document.title = title
}

document.addEventListener('click', event => {
  const link = event.target.closest('a')
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return
  event.preventDefault()
  void navigate(link.pathname)
})
addEventListener('popstate', () => void navigate(location.pathname, { pop: true }))

void navigate(location.pathname, { replace: true })
