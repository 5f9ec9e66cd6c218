import { createApp, h } from 'vue'
import { createRouter, createWebHistory, RouterLink, RouterView, useRoute } from 'vue-router'
import { createTracker } from 'sojourn'

// Once, beside the app: the tracker follows the routes by itself. The short wait is for those who watch the live page.
createTracker({ site: 'demo', collector: document.documentElement.dataset.collector, batch: { maxDelayMs: 500 } })

const Page = { setup: () => () => h('h1', useRoute().path) }

const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', component: Page, meta: { title: () => 'Lamps' } },
    { path: '/lamps/:name', component: Page, meta: { title: ({ name }) => `Lamp ${name}` } },
    { path: '/offers', component: Page, meta: { title: () => 'Offers' } },
    { path: '/old', redirect: '/offers' },
  ],
})

router.afterEach(({ meta, params }) => {
  document.title = meta.title(params)
})

const link = (id, to, text) => h(RouterLink, { id, to }, () => text)

const Shop = {
  render: () => [h('nav', [link('home', '/', 'Home'), ' ', link('lamp', '/lamps/aurora', 'Aurora'), ' ', link('old', '/old', 'Offers')]), h(RouterView)],
}

createApp(Shop).use(router).mount('#app')
