import { db, type Tx } from '@/db/client'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { askRefund, isRefundOpen } from './ask-refund'
import { creditPayment, subjectOf } from './credit'
import { cancel, enter, holdPayment } from './observe'
import { type PaymentRow, refundsAt } from './orders'
import type { Provider } from './provider'
import { providerNamed } from './providers'
import { keepRefund } from './refunds'
import { holdsMoney, type SeenPayment } from './rules'
import type { SettleInput } from './schema'

type Refusal =
  | 'unknown'
  | 'no-answer'
  | 'no-money'
  | 'differs'
  | 'returning'
  | 'holds-money'
  | 'foreign-currency'

/**
 * Decides on a payment in quarantine, by what the provider says of it now. `credit`: the sum and the currency are right,
 * and staff vouch that it is this payment. `return`: all money there goes back to the payer. `close`: no money is there
 * (any more). A second click finds it settled and does nothing. Refused: `unknown`, `no-answer`, `no-money` (nothing to
 * credit or return), `differs`, `returning`, `holds-money` (cannot be closed), `foreign-currency`.
 */
export async function settleQuarantine(
  staff: Staff,
  input: SettleInput,
  now: Date,
  provider?: Provider,
): Promise<Result<undefined, Refusal>> {
  const payment = await db().transaction((tx) => holdPayment(tx, input.paymentId))
  if (!payment?.quarantinedAt) return refused('unknown', 'Такого платежа в разборе нет.')
  if (payment.state !== 'quarantined') return ok()
  const at = provider ?? (await providerNamed(payment.provider))
  const answer = await at?.fetch(payment.providerPaymentId ?? '')
  if (answer?.kind !== 'done')
    return refused('no-answer', 'Платёжная система не отвечает. Попробуйте через несколько минут.')
  const decided = await db().transaction(async (tx) => {
    const held = await holdPayment(tx, payment.id)
    if (held?.state !== 'quarantined') return ok(undefined)
    return decide(tx, staff, held, answer.value, input, now)
  })
  if (decided.status !== 'ok') return decided
  if (decided.value) await askRefund(decided.value, now, at)
  return ok()
}

/** @returns the id of the refund to ask for, when there is one */
async function decide(
  tx: Tx,
  staff: Staff,
  payment: PaymentRow,
  seen: SeenPayment,
  { decision, reason }: SettleInput,
  now: Date,
): Promise<Result<string | undefined, Refusal>> {
  const open = (await refundsAt(tx, payment.id)).some(isRefundOpen)
  const refusal = refusalOf(payment, seen, decision, open)
  if (refusal) return refusal
  await record(tx, staff, {
    action: 'payment.settled',
    subject: subjectOf(payment),
    before: { reason: payment.quarantineReason },
    after: { decision, reason, theirs: String(seen.amount), refunded: String(seen.refunded) },
  })
  if (decision === 'credit') {
    const takenAt = seen.capturedAt ?? now
    await enter(tx, payment, 'staff', 'credit', { state: 'succeeded', succeededAt: takenAt })
    await creditPayment(tx, payment, takenAt, now, staff)
  } else if (decision === 'return') {
    return ok(await returnAll(tx, staff, payment, kopecks(seen.amount - seen.refunded), reason, now))
  } else {
    await cancel(tx, payment, 'staff', 'closed-by-staff', now)
  }
  return ok(undefined)
}

/** The refund of all that is there: the one under way, or a new one. */
async function returnAll(
  tx: Tx,
  staff: Staff,
  payment: PaymentRow,
  amount: Kopecks,
  reason: string,
  now: Date,
): Promise<string> {
  const earlier = await refundsAt(tx, payment.id)
  const open = earlier.find(isRefundOpen)
  if (open) return open.id
  const submissionKey = `return:${payment.id}:${earlier.length}`
  return (await keepRefund(tx, staff, payment, { submissionKey, position: null, amount, reason }, now)).id
}

function refusalOf(
  payment: PaymentRow,
  seen: SeenPayment,
  decision: SettleInput['decision'],
  returning: boolean,
) {
  if (decision === 'close')
    return holdsMoney(seen)
      ? refused('holds-money', 'Деньги плательщика у нас: зачислите их или верните, закрыть нельзя.')
      : undefined
  if (seen.status !== 'succeeded' || !holdsMoney(seen))
    return refused('no-money', 'Денег по этому платежу нет: закройте его.')
  if (seen.currency !== payment.currency)
    return refused('foreign-currency', 'Платёж не в рублях: верните его в кабинете платёжной системы.')
  if (decision === 'return') return undefined
  if (returning) return refused('returning', 'Деньги уже возвращаются плательщику: зачислить их нельзя.')
  if (seen.amount !== payment.amount || seen.refunded > 0n)
    return refused('differs', 'Сумма не та, что просили: зачислить нельзя, верните деньги.')
  return undefined
}
