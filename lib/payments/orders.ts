import { asc, eq } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { accounts, onlinePaymentParts, type onlinePayments, onlineRefunds } from '@/db/schema'
import { env } from '@/lib/env'
import { readSettings } from '@/lib/settings/queries'
import type { Order, RefundOrder } from './provider'
import { refundTitle } from './rules'

export type PaymentRow = typeof onlinePayments.$inferSelect
export type RefundRow = typeof onlineRefunds.$inferSelect

/** The parts of a payment with their accounts, in order. */
export async function partsOf(reader: Reader, paymentId: string) {
  return reader
    .select({
      position: onlinePaymentParts.position,
      accountId: onlinePaymentParts.accountId,
      accountNumber: accounts.accountNumber,
      unifiedAccount: accounts.unifiedAccount,
      amount: onlinePaymentParts.amount,
      period: onlinePaymentParts.period,
    })
    .from(onlinePaymentParts)
    .innerJoin(accounts, eq(accounts.id, onlinePaymentParts.accountId))
    .where(eq(onlinePaymentParts.paymentId, paymentId))
    .orderBy(asc(onlinePaymentParts.position))
}

/** All refunds of a payment, canceled ones too. */
export async function refundsAt(reader: Reader, paymentId: string): Promise<RefundRow[]> {
  return reader
    .select()
    .from(onlineRefunds)
    .where(eq(onlineRefunds.paymentId, paymentId))
    .orderBy(asc(onlineRefunds.number))
}

/** Where a payer comes back to, and finds out what became of their payment: in the cabinet, or without a login. */
export function paymentPath({ id, userId }: Pick<PaymentRow, 'id' | 'userId'>): string {
  return userId === null ? `/personal/pay/${id}` : `/personal/payments/${id}`
}

/** What the provider is asked to make. */
export async function orderOf(reader: Reader, payment: PaymentRow): Promise<Order> {
  const { requisites, payments } = await readSettings(reader)
  const { id, number, idempotenceKey, amount, method, createdAt, email } = payment
  return {
    ...{ id, number, idempotenceKey, amount, method, createdAt, email },
    returnUrl: `${env().PUBLIC_URL}${paymentPath(payment)}`,
    parts: await partsOf(reader, id),
    payee: requisites,
    receipt: payments.receipt,
  }
}

/** What the provider is asked to give back. */
export async function refundOrderOf(
  reader: Reader,
  payment: PaymentRow,
  refund: RefundRow,
): Promise<RefundOrder> {
  return {
    idempotenceKey: refund.idempotenceKey,
    providerPaymentId: payment.providerPaymentId ?? '',
    amount: refund.amount,
    title: refundTitle(payment.number, refund.number),
    receipt: (await readSettings(reader)).payments.receipt,
    email: payment.email,
  }
}
