import { describe, expect, test } from 'vitest'
import { dissolve } from '../scripts/shorten/dissolve/dissolve.mjs'

/** Runs a program that says what happens with `say`; resolves to all that it has said. */
const run = async (code: string): Promise<unknown[]> => {
  const said: unknown[] = []
  const program = new Function('say', `return (async () => {${code}})()`) as (say: (word: unknown) => unknown) => Promise<void>
  await program(word => (said.push(word), word)).catch((cause: unknown) => said.push(String(cause)))
  return said
}

const wrap = (code: string): string => `(async () => { ${code} })()`
/** A program as one whose statements stand in a function, as those of the script do. */
const asScript = (code: string): string => `return ${dissolve(wrap(code))}`

describe('a program does the same when its parts are joined', () => {
  test.each([
    ['state that closures share', 'const create = () => { let n = 0; return { more: () => ++n, get: () => n } }; const c = create(); c.more(); say(c.get()); c.more(); say(c.get())'],
    ['parts that are given parts', 'const a = ({ tell }) => { tell(1); return { stop: () => tell(2) } }; const b = core => { const { stop } = a(core); return { stop } }; const { stop } = b({ tell: word => say(word) }); stop()'],
    ['a name that means another thing where the call stands', 'const x = 1; const f = () => { const y = x; return { y } }; { const x = 2; const { y } = f(); say(x + y) }'],
    ['a default for what is missing, undefined and null', 'const f = (a, b = 2) => { say(b); return a }; const g = (a, b = 2) => { say(b); return a }; const h = (a, b = 2) => { say(b); return a }; f(1); g(1, undefined); h(1, null)'],
    ['a default of a property that is there, missing and null', 'const o = { a: null, b: undefined }; const { a = 1, b = 2, c = 3 } = o; say([a, b, c])'],
    ['arguments that do something, used twice and not at all', 'let i = 0; const f = x => x + x; say(f(i++)); const g = () => say(i); g(i++, i++)'],
    ['what is worked out before the call', 'let n = 1; const f = () => { n = 5; return 1 }; say(n + f()); say([n, (() => { n = 7; return n })(), n])'],
    ['calls before the call', 'const f = () => { say("f"); return 1 }; say([say("first"), f()])'],
    ['a property that a call changes', 'const o = { n: 1 }; const f = () => { o.n = 2; return 3 }; say({ a: o.n, b: f() })'],
    ['branches that are not taken', 'const f = () => { say("f") }; const g = () => { say("g"); return 1 }; const h = () => { say("h"); return 2 }; false && f(); true || f(); say((x => x ? g() : h())(0))'],
    ['a function that returns early', 'const f = x => { if (x) return "early"; return "late" }; const r = f(1); say(r)'],
    ['each round of a loop', 'const all = []; for (const each of [1, 2]) { const f = x => { let n = x; return { get: () => n++ } }; const { get } = f(each); all.push(get) } say(all.map(get => [get(), get()]))'],
    ['a part that is made twice', 'const create = () => { let n = 0; return { more: () => ++n } }; const a = create(); const b = create(); a.more(); say(a.more()); say(b.more())'],
    ['a copy of what changes', 'let a = 1; const b = a; a = 2; say([a, b]); let c = a; c++; say([a, c])'],
    ['an object that is compared, listed and kept', 'const o = { a: 1, b: 2 }; const p = o; say(o === p); say(Object.keys(o)); say(o["a"])'],
    ['an object that is changed', 'const o = { a: 1, b: 2, c: 3, d: 4 }; o.a = 5; [o.b] = [6]; ({ x: o.c } = { x: 7 }); delete o.d; say([o.a, o.b, o.c, o.d])'],
    ['an object of which one part is counted up', 'const o = { n: 0 }; o.n++; say(o.n)'],
    ['an object that is spread', 'const o = { a: 1, b: 2 }; say({ ...o, b: 3 }); say({ a: 0, ...o }); const p = { ...{ a: 4 }, a: 5 }; say(p.a)'],
    ['an object with this, a getter, and a prototype', 'const o = { n: 1, get() { return this.n } }; say(o.get()); const p = { get n() { return say(2) } }; p.n; const q = { __proto__: { n: 3 } }; say(q.n)'],
    ['what an object has not', 'const o = { a: 1 }; say(o.b); say(o.b?.c); const { d = 4 } = o; say(d)'],
    ['what is asked of nothing', 'const f = nothing => { say(nothing?.a.b(say("never")) ?? "else"); say(nothing?.[0]) }; f()'],
    ['asynchronous parts, in turn', 'const f = async x => { say("f"); await null; return x + 1 }; say(await f(1)); const g = async () => { await null; throw new Error("g") }; try { await g() } catch (cause) { say(cause.message) }'],
    ['an asynchronous part that nobody waits for', 'const f = async () => { await null; say("later") }; f(); say("now"); await null; await null'],
    ['a function that calls itself', 'const f = n => { if (n) f(n - 1); say(n) }; f(2)'],
    ['a value that is called as a property', 'const f = (first, second) => { const later = () => ({ first, second }); return { later } }; const { later } = f(1, 2); say(later())'],
    ['parts that know each other', 'const a = b => { let n = 0; return { go: () => { n++; b.back() }, count: () => n } }; const b = { back: () => say(one.count()) }; const one = a(b); one.go()'],
    ['arguments more than are taken, and lists of them', 'const f = a => { say(a) }; f(1, say(2)); const g = (...all) => { say(all) }; g(3, 4); const h = (a, b) => { say([a, b]) }; h(...[5, 6])'],
    ['what throws, where it is caught', 'const f = () => { throw new Error("f") }; try { const x = f(); say(x) } catch ({ message }) { say(message) } finally { say("finally") }'],
  ])('%s', async (_, code) => {
    const plain = await run(code)
    expect(plain.length).toBeGreaterThan(0)
    expect(await run(asScript(code))).toEqual(plain)
  })
})

describe('of parts', () => {
  const code = `
    const createClock = () => { let last = 0; return { now: () => ++last } }
    const createStore = ({ clock, settings }) => { const kept = []; return { add: what => kept.push([clock.now(), what, settings.site]), all: () => kept } }
    const start = settings => { const clock = createClock(); const store = createStore({ clock, settings }); store.add(1); return { store } }
    const { store } = start({ site: 'a' })
    say(store.all())`

  test('neither functions that make them nor objects that hold them are left', async () => {
    const joined = dissolve(wrap(code))
    expect(joined).not.toMatch(/create|start|return \{|clock\.|store\./)
    expect(await run(`return ${joined}`)).toEqual([[[1, 1, 'a']]])
  })
  test('none is touched that is made in two places', () => expect(dissolve('const f = () => { let n = 0; return () => n++ }; a(f()); b(f())')).toContain('f = () => {'))
})
