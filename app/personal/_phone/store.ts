import * as z from 'zod/mini'
import { type Sending, type SendingAnswer, sending } from './sending'

const SENDINGS = 'phone-sendings'
/** Where drafts lie, by owner (`draft.ts`). */
export const DRAFT = 'phone-draft:'
const listeners = new Set<() => void>()

/** The storage of this browser that outlives a tab; undefined where it is forbidden. */
export function storage(): Storage | undefined {
  try {
    return localStorage
  } catch {
    return undefined
  }
}

/** Calls back whenever the sendings change, in this tab or another. @returns how to stop it */
export function watchSendings(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** The stored text: differs as soon as anything about the sendings does. */
export function sendingsText(): string {
  return storage()?.getItem(SENDINGS) ?? ''
}

/** What lies on the phone of one person; nothing of what cannot be read. */
export function sendingOf(owner: string): Sending | undefined {
  return all().find((one) => one.owner === owner)
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
  if (sendings.length > 0) storage()?.setItem(SENDINGS, JSON.stringify(sendings))
  else storage()?.removeItem(SENDINGS)
  for (const listener of listeners) listener()
}
