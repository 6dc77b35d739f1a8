import { db } from '@/db/client'
import { onlineRefunds } from '@/db/schema'
import { askRefund, isRefundOpen } from './ask-refund'
import { creditRefund } from './credit'
import { holdPayment, note } from './observe'
import { partsOf, type RefundRow, refundsAt } from './orders'
import type { Provider, SeenRefund } from './provider'
import { providerNamed } from './providers'
import { refundable, refundTitle } from './rules'

/**
 * Looks at what was given back of a payment: open refunds of ours are settled; one made in the provider's own cabinet is
 * taken over when it can only be of one account. Others stay for the reconciliation to tell.
 */
export async function lookAtRefunds(paymentId: string, now: Date, provider?: Provider): Promise<void> {
  const { payment, refunds } = await db().transaction(async (tx) => ({
    payment: await holdPayment(tx, paymentId),
    refunds: await refundsAt(tx, paymentId),
  }))
  if (payment?.state !== 'succeeded' || !payment.providerPaymentId) return
  const at = provider ?? (await providerNamed(payment.provider))
  for (const refund of refunds) if (isRefundOpen(refund)) await askRefund(refund.id, now, at)
  const listed = await at?.refundsOf(payment.providerPaymentId)
  if (listed?.kind !== 'done') return
  for (const seen of listed.value) if (seen.status === 'succeeded') await adoptRefund(payment.id, seen, now)
}

async function adoptRefund(paymentId: string, seen: SeenRefund, now: Date): Promise<void> {
  await db().transaction(async (tx) => {
    const payment = await holdPayment(tx, paymentId)
    const parts = await partsOf(tx, paymentId)
    const refunds = await refundsAt(tx, paymentId)
    const ours = (one: RefundRow) =>
      one.providerRefundId === seen.id || (payment && refundTitle(payment.number, one.number) === seen.title)
    const [part, ...more] = parts
    if (!payment || refunds.some(ours) || !part || more.length > 0) return
    if (seen.currency !== payment.currency || seen.amount > refundable(part.amount, refunds)) return
    const [refund] = await tx
      .insert(onlineRefunds)
      .values({
        submissionKey: `provider:${seen.id}`,
        paymentId,
        position: part.position,
        amount: seen.amount,
        reason: 'Возврат сделан в кабинете платёжной системы',
        state: 'succeeded',
        providerRefundId: seen.id,
        succeededAt: seen.createdAt,
      })
      .onConflictDoNothing()
      .returning()
    if (!refund) return
    await note(tx, paymentId, payment.state, 'reconciliation', `refunded:${refund.number}`)
    await creditRefund(tx, payment, refund, seen.createdAt, now)
  })
}
