import { eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { onlineRefunds } from '@/db/schema'
import { enqueue } from '@/lib/jobs/catalogue'
import { creditRefund } from './credit'
import { cancel, holdPayment, note } from './observe'
import { type PaymentRow, type RefundRow, refundOrderOf } from './orders'
import type { Answer, Provider, SeenRefund } from './provider'
import { providerNamed } from './providers'
import { askAgainAt, mayRepeat, refundTitle } from './rules'

/** Asks the provider to give back, or whether it has; acts on the answer. @returns where the refund stands then */
export async function askRefund(
  refundId: string,
  now: Date,
  provider?: Provider,
): Promise<RefundRow['state'] | undefined> {
  const held = await db().transaction(async (tx) => {
    const found = await holdRefund(tx, refundId)
    if (!found || !isRefundOpen(found.refund)) return found
    const attempts = found.refund.attempts + 1
    const nextAskAt = askAgainAt(attempts, now)
    await tx
      .update(onlineRefunds)
      .set({ attempts, askedAt: now, nextAskAt })
      .where(eq(onlineRefunds.id, refundId))
    await enqueue(tx, 'ask-refund', { refundId }, `ask-refund:${refundId}`, nextAskAt)
    return { ...found, refund: { ...found.refund, attempts } }
  })
  if (!held || !isRefundOpen(held.refund)) return held?.refund.state
  const at = provider ?? (await providerNamed(held.payment.provider))
  if (!at) return held.refund.state
  return takeRefund(held.refund, await question(held, at, now), now)
}

interface Held {
  payment: PaymentRow
  refund: RefundRow
}

/** A refund with its payment, both held; the payment first, as everywhere. */
async function holdRefund(tx: Tx, refundId: string): Promise<Held | undefined> {
  const [found] = await tx
    .select({ paymentId: onlineRefunds.paymentId })
    .from(onlineRefunds)
    .where(eq(onlineRefunds.id, refundId))
  const payment = found && (await holdPayment(tx, found.paymentId))
  const [refund] = await tx.select().from(onlineRefunds).where(eq(onlineRefunds.id, refundId)).for('update')
  return payment && refund && { payment, refund }
}

/** Whether the outcome of a refund is open. */
export function isRefundOpen({ state }: RefundRow): boolean {
  return state === 'created' || state === 'pending'
}

/** Repeats the request while its key lives; afterwards, and when a repeated one is refused, looks at what there is. */
async function question({ payment, refund }: Held, at: Provider, now: Date): Promise<Answer<SeenRefund>> {
  let code = 'never_made'
  if (refund.providerRefundId === null && mayRepeat(refund.createdAt, now)) {
    const made = await at.refund(await refundOrderOf(db(), payment, refund))
    if (made.kind !== 'refused' || refund.attempts === 1) return made
    code = made.code
  }
  const listed = await at.refundsOf(payment.providerPaymentId ?? '')
  if (listed.kind === 'refused') return { kind: 'unknown', code: listed.code }
  if (listed.kind !== 'done') return listed
  const title = refundTitle(payment.number, refund.number)
  const found = listed.value.find((seen) => seen.id === refund.providerRefundId || seen.title === title)
  return found ? { kind: 'done', value: found } : { kind: 'refused', code }
}

async function takeRefund(
  asked: RefundRow,
  answer: Answer<SeenRefund>,
  now: Date,
): Promise<RefundRow['state'] | undefined> {
  return db().transaction(async (tx) => {
    const held = await holdRefund(tx, asked.id)
    if (!held || !isRefundOpen(held.refund)) return held?.refund.state
    const { payment, refund } = held
    const alone = refund.attempts === asked.attempts && refund.state === 'created'
    if (answer.kind === 'refused' && alone) return closeRefund(tx, held, answer.code, now)
    if (answer.kind !== 'done') return refund.state
    const seen = answer.value
    if (seen.amount !== refund.amount || seen.currency !== payment.currency) {
      await note(tx, payment.id, payment.state, 'job', `refund-differs:${refund.number}`)
      return refund.state
    }
    if (seen.status === 'succeeded') return settleRefund(tx, held, seen, now)
    if (seen.status === 'canceled')
      return closeRefund(tx, held, seen.cancelReason ?? 'canceled', now, seen.id)
    await tx
      .update(onlineRefunds)
      .set({ state: 'pending', providerRefundId: seen.id })
      .where(eq(onlineRefunds.id, refund.id))
    return 'pending'
  })
}

async function settleRefund(tx: Tx, { payment, refund }: Held, seen: SeenRefund, now: Date) {
  const settled = { state: 'succeeded' as const, succeededAt: seen.createdAt, nextAskAt: null }
  await tx
    .update(onlineRefunds)
    .set({ ...settled, providerRefundId: seen.id })
    .where(eq(onlineRefunds.id, refund.id))
  await note(tx, payment.id, payment.state, 'job', `refunded:${refund.number}`)
  await creditRefund(tx, payment, refund, seen.createdAt, now)
  if (payment.state === 'quarantined') await cancel(tx, payment, 'staff', 'returned', now)
  return 'succeeded' as const
}

async function closeRefund(tx: Tx, { payment, refund }: Held, reason: string, now: Date, seenId?: string) {
  const closed = { state: 'canceled' as const, canceledAt: now, cancelReason: reason, nextAskAt: null }
  await tx
    .update(onlineRefunds)
    .set({ ...closed, ...(seenId ? { providerRefundId: seenId } : {}) })
    .where(eq(onlineRefunds.id, refund.id))
  await note(tx, payment.id, payment.state, 'job', `refund-canceled:${refund.number}`)
  return 'canceled' as const
}
