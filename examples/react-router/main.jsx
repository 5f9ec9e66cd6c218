/** @jsxImportSource react */
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, Link, Outlet, redirect, RouterProvider, useParams } from 'react-router'
import { createTracker } from 'sojourn'

// Once, beside the app: the tracker follows the routes by itself. The short wait is for those who watch the live page.
createTracker({ site: 'demo', collector: document.documentElement.dataset.collector, batch: { maxDelayMs: 500 } })

const Shop = () => (
  <>
    <nav>
      <Link id="home" to="/">Home</Link> <Link id="lamp" to="/lamps/aurora">Aurora</Link> <Link id="old" to="/old">Offers</Link>
    </nav>
    <Outlet />
  </>
)

const Home = () => <><title>Lamps</title><h1>Lamps</h1></>

const Lamp = () => {
  const { name } = useParams()
  return <><title>{`Lamp ${name}`}</title><h1>{name}</h1></>
}

const Offers = () => <><title>Offers</title><h1>Offers</h1></>

const router = createBrowserRouter([
  {
    path: '/',
    Component: Shop,
    children: [
      { index: true, Component: Home },
      { path: 'lamps/:name', Component: Lamp },
      { path: 'offers', Component: Offers },
      { path: 'old', loader: () => redirect('/offers') },
    ],
  },
])

createRoot(document.getElementById('app')).render(<RouterProvider router={router} />)
