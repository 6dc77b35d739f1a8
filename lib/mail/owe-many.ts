import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { enqueueMany } from '@/lib/jobs/catalogue'
import type { TextKind } from './owe-text'
import type { LetterKind, templates } from './templates'

const ids = z.array(z.object({ id: z.uuid() }))

/** Owes the same letter to many, in the transaction of its cause, in three statements however many they are. */
export async function oweAll<Kind extends LetterKind>(
  tx: Tx,
  kind: Kind,
  toEmails: readonly string[],
  payload: z.input<(typeof templates)[Kind]['payload']>,
): Promise<void> {
  if (toEmails.length === 0) return
  const { rows } = await tx.execute(sql`
    insert into letters (kind, to_email, payload)
    select ${kind}, email, ${JSON.stringify(payload)}::jsonb from unnest(${sql.param(toEmails)}::text[]) email
    returning id`)
  const jobs = ids.parse(rows).map(({ id }) => ({ payload: { letterId: id }, key: `letter:${id}` }))
  await enqueueMany(tx, 'send-letter', jobs)
}

/** Owes the same SMS to many, alike. @param toPhones E.164 */
export async function oweAllTexts(
  tx: Tx,
  toPhones: readonly string[],
  { kind, body, expiresAt }: { kind: TextKind; body: string; expiresAt: Date },
): Promise<void> {
  if (toPhones.length === 0) return
  const { rows } = await tx.execute(sql`
    insert into text_messages (kind, to_phone, body, expires_at)
    select ${kind}, phone, ${body}, ${expiresAt.toISOString()}::timestamptz from unnest(${sql.param(toPhones)}::text[]) phone
    returning id`)
  const jobs = ids.parse(rows).map(({ id }) => ({ payload: { textId: id }, key: `text:${id}` }))
  await enqueueMany(tx, 'send-text', jobs)
}
