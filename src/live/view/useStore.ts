import { useEffect, useState } from 'preact/hooks'
import type { Store } from '../createStore.ts'

/** The store's state, current at each change. */
export const useStore = <State, Action>(store: Store<State, Action>): State => {
  const [state, setState] = useState(() => store.get())
  useEffect(() => {
    setState(() => store.get())
    return store.subscribe(() => setState(() => store.get()))
  }, [store])
  return state
}
