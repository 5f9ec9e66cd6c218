import { createSender, type Sender } from '../../harness/createSender.ts'
import { until } from '../../harness/until.ts'
import type { Trial } from './runTrial.ts'
import { flush, trackAll } from './tab.ts'

/** A visitor without a browser, who sends more than a browser would; what it does not get acknowledged it sends again. */
const startSender = ({ gate, markers }: Trial, address: number): Sender =>
  createSender({ url: gate.origin, site: 'demo', address: `198.51.100.${address}`, size: 10, toAttributes: () => ({ marker: markers(1)[0]! }) })

/** Sends until so many more events are acknowledged. */
const sendMore = async (sender: Sender, more: number): Promise<unknown> => {
  const target = sender.acknowledged.length + more
  const isEnough = (): boolean => sender.acknowledged.length >= target
  return until(() => sender.send(isEnough), isEnough, 30_000)
}

/** A page and senders keep the collectors under load; meanwhile something happens to these, again and again. */
export const underLoad =
  (rounds: number, happens: (trial: Trial, round: number) => Promise<void>) =>
  async (trial: Trial): Promise<void> => {
    const { page, markers } = trial
    const senders = [1, 2].map(address => startSender(trial, address))
    for (let round = 0; round < rounds; round++) {
      await trackAll(page, markers(20))
      const sending = Promise.all(senders.map(sender => sendMore(sender, 150)))
      const before = senders[0]!.acknowledged.length
      // In the middle of it, not before and not after.
      await until(
        () => senders[0]!.acknowledged.length,
        acknowledged => acknowledged >= before + 40,
      )
      const flushed = flush(page)
      await happens(trial, round)
      await Promise.all([sending, flushed])
    }
    await flush(page)
  }
