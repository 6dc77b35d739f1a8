import { z } from 'zod'
import { type Sending, type SendingAnswer, sending } from './sending'
import { SENDINGS, sendingsText, storage, tellWatchers, UNSENT } from './storage'

/** What lies on the phone of one person; nothing of what cannot be read. */
export function sendingOf(owner: string): Sending | undefined {
  return all().find((one) => one.owner === owner)
}

/** Whether a sending has still to reach the service. */
export function isWaiting({ answer }: Sending): boolean {
  return answer === undefined || answer.status === 'signed-out'
}

/** Whether a sending has arrived and was taken. */
export function isAccepted({ answer }: Sending): boolean {
  return answer?.status === 'accepted'
}

/**
 * Keeps a sending. It takes the place of that person's earlier one: the last typed is what is meant.
 * @returns whether it lies there now: a browser may forbid it, a phone may be full
 */
export function keepSending(one: Sending): boolean {
  try {
    write([...all().filter(({ owner }) => owner !== one.owner), one])
  } catch {
    return false
  }
  return sendingsText().includes(one.key)
}

/** Notes what the service answered, if the sending still lies there. */
export function noteAnswer(key: string, answer: SendingAnswer): void {
  write(all().map((one) => (one.key === key ? { ...one, answer } : one)))
}

/** Takes a sending from the phone. */
export function dropSending(key: string): void {
  write(all().filter((one) => one.key !== key))
}

function all(): Sending[] {
  try {
    return z.array(sending).parse(JSON.parse(sendingsText() || '[]'))
  } catch {
    return []
  }
}

function write(sendings: readonly Sending[]): void {
  const unsent = sendings.filter((one) => !isAccepted(one)).map(({ owner }) => owner)
  put(SENDINGS, sendings.length > 0 ? JSON.stringify(sendings) : '')
  put(UNSENT, unsent.join(' '))
  tellWatchers()
}

function put(name: string, text: string): void {
  if (text) storage()?.setItem(name, text)
  else storage()?.removeItem(name)
}
