import { type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'

/** Where a payment stands; see `paymentStates` of the table. */
export type PaymentState =
  | 'created'
  | 'pending'
  | 'waiting_for_capture'
  | 'succeeded'
  | 'canceled'
  | 'quarantined'

/** State → the states it may go to. The table's trigger says the same. */
export const transitions: Readonly<Record<PaymentState, readonly PaymentState[]>> = {
  created: ['pending', 'waiting_for_capture', 'succeeded', 'canceled', 'quarantined'],
  pending: ['waiting_for_capture', 'succeeded', 'canceled', 'quarantined'],
  waiting_for_capture: ['succeeded', 'canceled', 'quarantined'],
  succeeded: [],
  canceled: ['quarantined'],
  quarantined: ['succeeded', 'canceled'],
}

/** Whether the outcome is open: the provider will be asked again. */
export function isOpen(state: PaymentState): boolean {
  return state === 'created' || state === 'pending' || state === 'waiting_for_capture'
}

const MINUTE = 60_000
const PAUSES = [1, 5, 15, 60]

/** When to ask again after the `attempts`-th asking: in 1, 5, 15, 60 minutes, then every hour. */
export function askAgainAt(attempts: number, now: Date): Date {
  const minutes = PAUSES[Math.max(attempts, 1) - 1] ?? 60
  return new Date(now.getTime() + minutes * MINUTE)
}

/** Providers forget a key after 24 hours; a little earlier the same request would no longer surely be the same payment. */
const KEY_LIVES = 23 * 60 * MINUTE

/** Whether the request to make a payment or refund may still be repeated under its key. */
export function mayRepeat(createdAt: Date, now: Date): boolean {
  return now.getTime() - createdAt.getTime() < KEY_LIVES
}

/** A payment as the provider tells it. */
export interface SeenPayment {
  /** The provider's own number of it. */
  id: string
  status: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled'
  amount: Kopecks
  currency: string
  /** Our id of the payment, as we sent it along; undefined when it is not of ours. */
  order: string | undefined
  confirmationUrl: string | undefined
  createdAt: Date
  /** When the money was taken. */
  capturedAt: Date | undefined
  cancelReason: string | undefined
  /** Given back so far. */
  refunded: Kopecks
}

/** What a payment here has to be judged by. */
export interface KnownPayment {
  id: string
  state: PaymentState
  amount: Kopecks
  currency: string
  providerPaymentId: string | null
}

/** What does not fit between what was asked and what the provider has. */
export type Misfit = 'amount' | 'currency' | 'order'

/** What news of a payment comes to. */
export type Verdict =
  | { kind: 'same' }
  /** It is about another payment of the provider's than the one this is tied to. */
  | { kind: 'other' }
  | { kind: 'move'; to: 'pending' | 'waiting_for_capture' | 'succeeded' | 'canceled' }
  | { kind: 'quarantine'; reason: Misfit | 'canceled-here' }

/**
 * What to make of the provider's word on a payment, given where it stands here. Late and repeated news change nothing;
 * money taken for what we had given up, and figures that differ from what was asked, are for people.
 */
export function judge(known: KnownPayment, seen: SeenPayment): Verdict {
  if (known.providerPaymentId !== null && known.providerPaymentId !== seen.id) return { kind: 'other' }
  const { state } = known
  if (state === 'succeeded' || state === 'quarantined') return { kind: 'same' }
  if (state === 'canceled')
    return holdsMoney(seen) ? { kind: 'quarantine', reason: 'canceled-here' } : { kind: 'same' }
  const reason = misfit(known, seen)
  if (reason && seen.status !== 'canceled') return { kind: 'quarantine', reason }
  if (seen.status === state || !transitions[state].includes(seen.status)) return { kind: 'same' }
  return { kind: 'move', to: seen.status }
}

/** Whether the provider has the payer's money, all or some of it. */
export function holdsMoney({ status, amount, refunded }: SeenPayment): boolean {
  return status === 'waiting_for_capture' || (status === 'succeeded' && refunded < amount)
}

/** What of amount, currency and order differs; undefined when all agree. */
export function misfit(known: KnownPayment, seen: SeenPayment): Misfit | undefined {
  if (seen.amount !== known.amount) return 'amount'
  if (seen.currency !== known.currency) return 'currency'
  return seen.order === known.id ? undefined : 'order'
}

/** What of a part can still be given back: its amount less all refunds that were not canceled. */
export function refundable(
  amount: Kopecks,
  refunds: readonly { amount: Kopecks; state: 'created' | 'pending' | 'succeeded' | 'canceled' }[],
): Kopecks {
  const given = refunds.filter((refund) => refund.state !== 'canceled').map((refund) => refund.amount)
  return kopecks(amount - sumKopecks(given))
}

/** The document of a part's credit in the ledger and in billing's file: «42/1». */
export function creditDocument(number: number, position: number): string {
  return `${number}/${position}`
}

/** The document of money given back: «42/1-В7». */
export function refundDocument(number: number, position: number, refundNumber: number): string {
  return `${creditDocument(number, position)}-В${refundNumber}`
}

/** What a refund is called at the provider; by it one whose making was never confirmed is found again. */
export function refundTitle(paymentNumber: number, refundNumber: number): string {
  return `Возврат ${refundNumber} по платежу ${paymentNumber}`
}
