import type { z } from 'zod'
import type { Tx } from '@/db/client'
import { letters } from '@/db/schema'
import { enqueue } from '@/lib/jobs/catalogue'
import type { LetterKind, templates } from './templates'

/**
 * Owes somebody a letter, in the transaction of its cause: sent by a job after the commit, or never.
 * @returns the letter's id, which is also its Message-ID
 */
export async function owe<Kind extends LetterKind>(
  tx: Tx,
  kind: Kind,
  toEmail: string,
  payload: z.input<(typeof templates)[Kind]['payload']>,
): Promise<string> {
  const [letter] = await tx.insert(letters).values({ kind, toEmail, payload }).returning({ id: letters.id })
  if (!letter) throw new Error('the letter was not stored')
  await enqueue(tx, 'send-letter', { letterId: letter.id }, `letter:${letter.id}`)
  return letter.id
}
