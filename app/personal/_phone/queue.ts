import { type Sending, type SendingAnswer, sendingAnswer } from './sending'
import { isWaiting, noteAnswer, sendingOf } from './store'

const PATIENCE_MS = 20_000

/** Sends what waits, one tab at a time, and notes the answer; without a network nothing happens. */
export async function sendWaiting(owner: string): Promise<void> {
  await navigator.locks.request('phone-sendings', async () => {
    const one = sendingOf(owner)
    if (!one || !isWaiting(one)) return
    const answer = await deliver(one)
    if (answer) noteAnswer(one.key, answer)
  })
}

/** The service's answer; undefined when none came, or one that is not the service's own. */
async function deliver({ key, owner, values, known, takenAt }: Sending): Promise<SendingAnswer | undefined> {
  const age = Math.max(0, Date.now() - takenAt)
  try {
    const answer = await fetch('/personal/readings/send', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key, owner, values, known, age }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return sendingAnswer.safeParse(await answer.json()).data
  } catch {
    return undefined
  }
}
