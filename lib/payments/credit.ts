import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { payments } from '@/db/schema'
import { type Actor, record, SERVICE } from '@/lib/audit/record'
import { figuresOf, postPayments } from '@/lib/ledger/commands'
import { owe } from '@/lib/mail/owe'
import { moscowDay } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { type PaymentRow, partsOf, type RefundRow } from './orders'
import { creditDocument, refundDocument } from './rules'

/** What the place of a payment taken here is called. */
export const PLACE = { card: 'личный кабинет, карта', sbp: 'личный кабинет, СБП' } as const

/**
 * Credits a payment that succeeded: a payment and an entry per part, the receipt letter, the row of the journal; in the
 * caller's transaction, which also makes the payment succeeded, and that happens once.
 * @throws when a file of billing is being loaded longer than five seconds: it must see the payment, or the payment it
 */
export async function creditPayment(
  tx: Tx,
  payment: PaymentRow,
  takenAt: Date,
  now: Date,
  by: Actor = SERVICE,
): Promise<void> {
  const parts = await partsOf(tx, payment.id)
  await standBesideLoads(tx)
  const known = await figuresKnown(
    tx,
    parts.map((part) => part.accountId),
  )
  await tx.insert(payments).values(
    parts.map((part) => ({
      accountId: part.accountId,
      source: 'cabinet' as const,
      amount: part.amount,
      paidAt: paidAt(takenAt, known.get(part.accountId), now),
      period: part.period,
      place: PLACE[payment.method],
      document: creditDocument(payment.number, part.position),
    })),
  )
  await post(
    tx,
    parts.map((part) => part.accountId),
  )
  if (payment.email)
    await owe(tx, 'payment-received', payment.email, {
      number: String(payment.number),
      amount: String(payment.amount),
      paidOn: moscowDay(takenAt),
      parts: parts.map(({ accountNumber, amount }) => ({ accountNumber, amount: String(amount) })),
    })
  await record(tx, by, {
    action: 'payment.credited',
    subject: subjectOf(payment),
    after: { amount: String(payment.amount), accounts: parts.map((part) => part.accountNumber).join(', ') },
  })
}

/** Takes back from the account what was given back to the payer: a payment below zero with its entry. */
export async function creditRefund(
  tx: Tx,
  payment: PaymentRow,
  refund: RefundRow,
  givenAt: Date,
  now: Date,
): Promise<void> {
  const part = (await partsOf(tx, payment.id)).find((one) => one.position === refund.position)
  if (part) {
    await standBesideLoads(tx)
    const known = await figuresKnown(tx, [part.accountId])
    await tx.insert(payments).values({
      accountId: part.accountId,
      source: 'cabinet',
      amount: kopecks(-refund.amount),
      paidAt: paidAt(givenAt, known.get(part.accountId), now),
      period: part.period,
      place: PLACE[payment.method],
      document: refundDocument(payment.number, part.position, refund.number),
    })
    await post(tx, [part.accountId])
  }
  if (payment.email)
    await owe(tx, 'payment-returned', payment.email, {
      number: String(payment.number),
      refund: String(refund.number),
      amount: String(refund.amount),
      accountNumber: part?.accountNumber ?? null,
    })
  await record(tx, SERVICE, {
    action: 'refund.credited',
    subject: subjectOf(payment),
    after: { amount: String(refund.amount), refund: refund.number, account: part?.accountNumber ?? null },
  })
}

/** How the journal names a payment. */
export function subjectOf({ id, number }: { id: string; number: number }) {
  return { kind: 'payment', id, label: String(number) } as const
}

/** Loads of billing's files and credits never run side by side: neither would see the other's figures. Credits may. */
async function standBesideLoads(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('lock_timeout', '5s', true)`)
  await tx.execute(sql`select pg_advisory_xact_lock_shared(hashtext('kabinet load'))`)
}

/**
 * The moment a payment counts from. Where we hear of it so late that figures loaded by now are of a later moment than
 * the payment, it counts from now: those figures cannot know it, and it would be lost between the two.
 */
function paidAt(takenAt: Date, known: Date | undefined, now: Date): Date {
  return known && takenAt <= known && now > known ? now : takenAt
}

const asOf = z.array(z.object({ accountId: z.coerce.number(), asOf: z.coerce.date() }))

async function figuresKnown(tx: Tx, accountIds: readonly number[]): Promise<Map<number, Date>> {
  const { rows } = await tx.execute(
    sql`select account_id as "accountId", as_of as "asOf" from (${figuresOf(listed(accountIds))}) f`,
  )
  return new Map(asOf.parse(rows).map((row) => [row.accountId, row.asOf]))
}

async function post(tx: Tx, accountIds: readonly number[]): Promise<void> {
  await postPayments(tx, null, listed(accountIds))
}

function listed(accountIds: readonly number[]) {
  return sql`select distinct unnest(${sql.param(accountIds)}::bigint[]) as account_id`
}
