import type { Kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import type { PayeeRequisites } from '@/lib/units/requisites'
import type { SeenPayment } from './rules'

export type ProviderName = 'demo' | 'yookassa'
export type PaymentMethod = 'card' | 'sbp'

/**
 * What came of asking a provider. `refused`: it understood and will not, nothing happened there. `unknown`: no answer, or
 * none that can be read; it may have happened. `busy`: not now, nothing happened. Codes are for the journal, never for people.
 */
export type Answer<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; code: string }
  | { kind: 'unknown'; code: string }
  | { kind: 'busy' }

/** What of a payment is for which account. */
export interface OrderPart {
  accountNumber: string
  /** ЕЛС of GIS ЖКХ. */
  unifiedAccount: string | null
  amount: Kopecks
  period: Period | null
}

/** A payment to be made at the provider; built from what is stored, so that repeating it repeats every word. */
export interface Order {
  /** Our id; the provider tells it back. */
  id: string
  number: number
  idempotenceKey: string
  amount: Kopecks
  method: PaymentMethod
  createdAt: Date
  /** Where the provider sends the receipt. */
  email: string | null
  /** Where the payer comes back to. */
  returnUrl: string
  parts: readonly OrderPart[]
  /** Who is paid; housing services cannot be paid without it. */
  payee: PayeeRequisites | null
  receipt: ReceiptTerms
}

/** How a line of the fiscal receipt (54-ФЗ) is marked, in the provider's own codes. */
export interface ReceiptTerms {
  vatCode: number
  subject: string
  mode: string
}

/** Money to be given back. */
export interface RefundOrder {
  idempotenceKey: string
  providerPaymentId: string
  amount: Kopecks
  title: string
  receipt: ReceiptTerms
  email: string | null
}

/** A refund as the provider tells it. */
export interface SeenRefund {
  id: string
  paymentId: string
  status: 'pending' | 'succeeded' | 'canceled'
  amount: Kopecks
  currency: string
  title: string
  createdAt: Date
  cancelReason: string | undefined
}

/** What a notification is about; its other words are not believed. */
export interface Hint {
  about: 'payment' | 'refund'
  paymentId: string
}

/** Whoever takes the money. Nothing here throws: what went wrong is in the answer. */
export interface Provider {
  readonly name: ProviderName
  /** The same key again is the same payment, for 24 hours. */
  create(order: Order): Promise<Answer<SeenPayment>>
  fetch(providerPaymentId: string): Promise<Answer<SeenPayment>>
  /** The same key again is the same refund, for 24 hours. */
  refund(order: RefundOrder): Promise<Answer<SeenRefund>>
  /** All refunds of a payment. */
  refundsOf(providerPaymentId: string): Promise<Answer<SeenRefund[]>>
  /** Payments made there from `since` on and before `until`. */
  list(since: Date, until: Date): Promise<Answer<SeenPayment[]>>
  /** Undefined for a body that is none. */
  readHint(body: string): Hint | undefined
}
