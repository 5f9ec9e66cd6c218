import { describe, expect, test } from 'vitest'
import { limits, redactText, redactUrl } from '../../src/model/index.ts'
import { mayTell } from '../../src/model/redactUrl.ts'

const r = '(redacted)'

describe('personal data and secrets are taken out of addresses', () => {
  test.each<[what: string, address: string, kept: string]>([
    ['a mail address in the query', 'https://a.example/?to=ann@mail.example&x=1', `https://a.example/?to=${r}&x=1`],
    ['percent-encoded', 'https://a.example/?to=ann.b%40mail.example.com', `https://a.example/?to=${r}`],
    ['encoded twice', 'https://a.example/?to=ann%2540mail.example', `https://a.example/?to=${r}`],
    ['with a plus', 'https://a.example/?to=ann%2Bshop%40mail.example', `https://a.example/?to=${r}`],
    ['in the path', 'https://a.example/users/ann@mail.example/edit', `https://a.example/users/${r}/edit`],
    ['behind an encoded space', 'https://a.example/?q=to%20ann%40mail.example', `https://a.example/?q=to%20${r}`],
    ['behind an encoded equals sign', 'https://a.example/?q=a%3Dann@mail.example', `https://a.example/?q=a%3D${r}`],
    ['in the fragment', 'https://a.example/#ann@mail.example', `https://a.example/#${r}`],
    ['two of them', 'https://a.example/?a=b@c.example,d@e.example', `https://a.example/?a=${r},${r}`],
    ['a parameter named email', 'https://a.example/?email=ann', `https://a.example/?email=${r}`],
    ['tokens by name', 'https://a.example/?access_token=1&id-token=2&token=3&x=4', `https://a.example/?access_token=${r}&id-token=${r}&token=${r}&x=4`],
    ['tokens in the fragment', 'https://a.example/#access_token=1&state=2', `https://a.example/#access_token=${r}&state=2`],
    ['passwords', 'https://a.example/?user_password=1&pwd=2', `https://a.example/?user_password=${r}&pwd=${r}`],
    ['keys', 'https://a.example/?apiKey=1&api_key=2', `https://a.example/?apiKey=${r}&api_key=${r}`],
    ['whatever the case', 'https://a.example/?TOKEN=1', `https://a.example/?TOKEN=${r}`],
    ['web tokens of any name', 'https://a.example/?x=eyJhbGciOiJI.eyJzdWIiOiIx.c2ln&y=1', `https://a.example/?x=${r}&y=1`],
    ['web tokens in the path', 'https://a.example/in/eyJhbGciOiJI.eyJzdWIiOiIx.c2ln', `https://a.example/in/${r}`],
    ['credentials', 'https://ann:secret@a.example/b', 'https://a.example/b'],
    ['a mail address where none is an address', '/users/ann@mail.example', `/users/${r}`],
  ])('%s', (_, address, kept) => {
    expect(redactUrl(address)).toBe(kept)
    expect(redactUrl(kept)).toBe(kept)
    expect(mayTell(JSON.stringify({ page: { url: address } }))).toBe(true)
  })
})

describe('the rest keeps its writing', () => {
  test.each([
    'https://a.example/?q=a%20b+c&x#y',
    'https://a.example/@ann/post',
    'https://maps.example/@52.5,13.4,12z',
    'https://a.example/package/left-pad@1.3.0',
    'https://a.example/?token=',
    'https://a.example/?tokens=3&tokenize=1&password_reset=1&emails=weekly',
    'https://a.example/eyJ.html',
    'https://a.example/?x=%zz%&y=%E0%A4',
    'not an address',
    '',
  ])('%s', address => expect(redactUrl(address)).toBe(address))
})

test('an address that grows is no longer than the wire allows', () => {
  expect(redactUrl(`https://a.example/?${'pwd=1&'.repeat(680)}`)).toHaveLength(limits.url)
})

test('a text loses its mail addresses', () => expect(redactText('to ann@mail.example, please')).toBe(`to ${r}, please`))

test('an address made to take long takes no time', () => {
  const hard = ['a', 'eyJ', 'a@', '%2B', 'a.', 'a@b.', '?a=', '%40', 'a%40'].map(part => `https://a.example/?x=${part.repeat(4000 / part.length)}`)
  const start = performance.now()
  for (const address of hard) for (let i = 0; i < 20; i++) redactUrl(address)
  expect(performance.now() - start).toBeLessThan(2000)
})
