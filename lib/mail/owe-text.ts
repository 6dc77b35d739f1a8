import type { Tx } from '@/db/client'
import { textMessages } from '@/db/schema'
import { env } from '@/lib/env'
import { enqueue } from '@/lib/jobs/catalogue'

/** What an SMS is about. */
export type TextKind = 'phone-code' | 'notice' | 'readings' | 'bill' | 'test'

/** Whether SMS can be sent at all: nobody is offered what cannot be kept. */
export function canText(): boolean {
  return env().SMS !== 'off'
}

/**
 * Owes somebody an SMS, in the transaction of its cause: sent by a job after the commit, or never; not after `expiresAt`.
 * @param toPhone E.164
 * @returns the message's id
 */
export async function oweText(
  tx: Tx,
  message: { kind: TextKind; toPhone: string; body: string; expiresAt?: Date },
): Promise<string> {
  const [text] = await tx.insert(textMessages).values(message).returning({ id: textMessages.id })
  if (!text) throw new Error('the message was not stored')
  await enqueue(tx, 'send-text', { textId: text.id }, `text:${text.id}`)
  return text.id
}
