import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { onlinePaymentEvents, onlinePayments } from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { creditPayment, subjectOf } from './credit'
import type { PaymentRow } from './orders'
import { judge, type PaymentState, type SeenPayment } from './rules'

/** Who brings news of a payment. */
export type Source = (typeof onlinePaymentEvents.$inferSelect)['source']

/** The payment, held until the end of the transaction; undefined when there is none of that id. */
export async function holdPayment(tx: Tx, paymentId: string): Promise<PaymentRow | undefined> {
  const [row] = await tx.select().from(onlinePayments).where(eq(onlinePayments.id, paymentId)).for('update')
  return row
}

/**
 * Makes of the provider's word on a payment what is to be made of it, in the caller's transaction: whoever brings the
 * same news first, it has one effect. The payment must be held.
 * @returns where the payment stands then
 */
export async function observe(
  tx: Tx,
  payment: PaymentRow,
  seen: SeenPayment,
  source: Source,
  now: Date,
): Promise<PaymentState> {
  const verdict = judge(payment, seen)
  switch (verdict.kind) {
    case 'other':
      await note(tx, payment.id, payment.state, source, `other:${seen.id}`.slice(0, 120))
      return payment.state
    case 'same':
      await tieTo(tx, payment, seen)
      return payment.state
    case 'quarantine':
      await quarantine(tx, payment, seen, verdict.reason, source, now)
      return 'quarantined'
    case 'move':
      await move(tx, payment, seen, verdict.to, source, now)
      return verdict.to
  }
}

async function tieTo(tx: Tx, payment: PaymentRow, seen: SeenPayment): Promise<void> {
  if (payment.confirmationUrl || !seen.confirmationUrl || seen.status !== payment.state) return
  await tx
    .update(onlinePayments)
    .set({ confirmationUrl: seen.confirmationUrl })
    .where(eq(onlinePayments.id, payment.id))
}

async function quarantine(
  tx: Tx,
  payment: PaymentRow,
  seen: SeenPayment,
  reason: string,
  source: Source,
  now: Date,
): Promise<void> {
  await enter(tx, payment, source, reason, {
    state: 'quarantined',
    providerPaymentId: seen.id,
    quarantinedAt: now,
    quarantineReason: reason,
    nextAskAt: null,
    canceledAt: null,
    cancelReason: null,
  })
  await record(tx, SERVICE, {
    action: 'payment.quarantined',
    subject: subjectOf(payment),
    after: { reason, asked: String(payment.amount), theirs: String(seen.amount), currency: seen.currency },
  })
}

async function move(
  tx: Tx,
  payment: PaymentRow,
  seen: SeenPayment,
  to: SeenPayment['status'],
  source: Source,
  now: Date,
): Promise<void> {
  const tied = {
    providerPaymentId: seen.id,
    confirmationUrl: payment.confirmationUrl ?? seen.confirmationUrl ?? null,
  }
  if (to === 'succeeded') {
    const takenAt = seen.capturedAt ?? now
    await enter(tx, payment, source, '', { ...tied, state: to, succeededAt: takenAt, nextAskAt: null })
    await creditPayment(tx, payment, takenAt, now)
  } else if (to === 'canceled') {
    await cancel(tx, payment, source, seen.cancelReason ?? 'canceled', now, tied)
  } else {
    await enter(tx, payment, source, '', { ...tied, state: to })
  }
}

/** Gives a payment up: no money was taken, or it was given back. */
export async function cancel(
  tx: Tx,
  payment: PaymentRow,
  source: Source,
  reason: string,
  now: Date,
  more: Partial<PaymentRow> = {},
): Promise<void> {
  const closed = { state: 'canceled' as const, canceledAt: now, cancelReason: reason, nextAskAt: null }
  await enter(tx, payment, source, reason, { ...more, ...closed })
}

/** Moves a held payment and writes the event. */
export async function enter(
  tx: Tx,
  payment: PaymentRow,
  source: Source,
  words: string,
  change: Partial<PaymentRow> & { state: PaymentState },
): Promise<void> {
  await tx.update(onlinePayments).set(change).where(eq(onlinePayments.id, payment.id))
  await note(tx, payment.id, change.state, source, words)
}

/** Writes down something about a payment. */
export async function note(
  tx: Tx,
  paymentId: string,
  state: PaymentState,
  source: Source,
  words: string,
): Promise<void> {
  await tx.insert(onlinePaymentEvents).values({ paymentId, state, source, note: words })
}
