// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { searchForms } from '../../src/tracker/autotrack/searchForms.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  document.body.replaceChildren()
})

interface Given {
  form: string
  names?: string[]
  /** What the page does with the form. Default: it shows what was found without another page. */
  onSubmit?: (event: Event) => void
}

/** Sends a form. @returns what was told */
const send = ({ form: html, names, onSubmit = event => event.preventDefault() }: Given): unknown[] => {
  const told: unknown[] = []
  const stop = searchForms(names)({ track: (...args) => told.push(args) })
  onTestFinished(stop)
  document.body.innerHTML = html
  const form = document.querySelector('form')!
  form.addEventListener('submit', onSubmit)
  form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
  vi.runAllTimers()
  return told
}

const told = (...searchTerms: string[]): unknown[] => [['search', { searchTerms }]]

test.each([
  ['a field of a usual name', { form: '<form><input name="q" value=" red shoes "></form>' }, told('red shoes')],
  ['a search field', { form: '<form><input name="query" type="search" value="shoes"></form>' }, told('shoes')],
  ['a field of a name that is given', { form: '<form><input name="find" value="shoes"></form>', names: ['find'] }, told('shoes')],
  ['several fields', { form: '<form><input name="q" value="shoes"><input name="s" value="red"></form>' }, told('shoes', 'red')],
  ['a field that hides a property of the form', { form: '<form><input name="elements" value="x"><input name="q" value="shoes"></form>' }, told('shoes')],
  ['a field beside the form that belongs to it', { form: '<form id="f"></form><input form="f" name="q" value="shoes">' }, told('shoes')],
])('the words in %s are told', (_, given, expected) => expect(send(given)).toEqual(expected))

test.each([
  ['a field of another name', { form: '<form><input name="city" value="Ulm"></form>' }],
  ['a usual name where others are given', { form: '<form><input name="q" value="shoes"></form>', names: ['find'] }],
  ['an empty field', { form: '<form><input name="q" value="  "></form>' }],
  ['a password', { form: '<form><input name="q" type="password" value="secret"></form>' }],
  ['a hidden field', { form: '<form><input name="q" type="hidden" value="x"></form>' }],
  ['a mail address', { form: '<form><input name="q" type="email" value="ann@mail.example"></form>' }],
  ['a form that leads to another page', { form: '<form><input name="q" value="shoes"></form>', onSubmit: () => undefined }],
])('nothing is told of %s', (_, given) => expect(send(given)).toEqual([]))

test('words are told that the page has taken out of its field meanwhile', () => {
  const onSubmit = (event: Event): void => {
    event.preventDefault()
    event.stopPropagation()
    document.querySelector('input')!.value = ''
  }
  expect(send({ form: '<form><input name="q" value="shoes"></form>', onSubmit })).toEqual(told('shoes'))
})

test('nothing is told after the stop', () => {
  const heard: unknown[] = []
  searchForms()({ track: (...args) => heard.push(args) })()
  expect(send({ form: '<form><input name="q" value="shoes"></form>' })).toHaveLength(1)
  expect(heard).toEqual([])
})
