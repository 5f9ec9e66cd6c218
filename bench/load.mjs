// Sends one body over and over for a while, from a process of its own, and says how many requests a second were answered.
import { Agent, request } from 'node:http'

const [url = '', body = '', connections = '16', seconds = '2'] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) })
const bytes = Buffer.from(body)
const headers = { 'content-type': 'text/plain', 'content-length': bytes.length, origin: 'http://localhost:8080' }

/** @returns {Promise<number>} status of the answer, once it is read */
const post = () =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, response => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0)).on('error', reject)
    })
    sent.on('error', reject).end(bytes)
  })

/** @param {number} until milliseconds of `performance.now()` */
const sendUntil = async until => {
  let answered = 0
  while (performance.now() < until) {
    const status = await post()
    if (status !== 200) throw new Error(`status ${status}`)
    answered++
  }
  return answered
}

/** @param {number} ms */
const run = async ms => {
  const until = performance.now() + ms
  const counts = await Promise.all(Array.from({ length: Number(connections) }, () => sendUntil(until)))
  return (counts.reduce((sum, count) => sum + count, 0) / ms) * 1000
}

await run(500)
process.stdout.write(String(await run(Number(seconds) * 1000)))
agent.destroy()
