import { db, type Tx } from '@/db/client'
import { record } from '@/lib/audit/record'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { kopecks } from '@/lib/units/money'
import { askRefund } from './ask-refund'
import { creditPayment, subjectOf } from './credit'
import { cancel, enter, holdPayment } from './observe'
import type { PaymentRow } from './orders'
import type { Provider } from './provider'
import { providerNamed } from './providers'
import { keepRefund } from './refunds'
import type { SeenPayment } from './rules'
import type { SettleInput } from './schema'

type Refusal = 'unknown' | 'no-answer' | 'no-money' | 'differs' | 'holds-money' | 'foreign-currency'

/**
 * Decides on a payment in quarantine, by what the provider says of it now. `credit`: the sum and the currency are right,
 * and staff vouch that it is this payment. `return`: all money there goes back to the payer. `close`: no money is there
 * (any more). A second click finds it settled and does nothing. Refused: `unknown`, `no-answer`, `no-money` (nothing to
 * credit or return), `differs`, `holds-money` (cannot be closed), `foreign-currency`.
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
  const left = kopecks(seen.amount - seen.refunded)
  const holds = seen.status === 'succeeded' && left > 0n
  const refusal = refusalOf(payment, seen, decision, holds)
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
    const submissionKey = `return:${payment.id}:${left}`
    const refund = await keepRefund(
      tx,
      staff,
      payment,
      { submissionKey, position: null, amount: left, reason },
      now,
    )
    return ok(refund.id)
  } else {
    await cancel(tx, payment, 'staff', 'closed-by-staff', now)
  }
  return ok(undefined)
}

function refusalOf(
  payment: PaymentRow,
  seen: SeenPayment,
  decision: SettleInput['decision'],
  holds: boolean,
) {
  if (decision === 'close')
    return holds
      ? refused('holds-money', 'Деньги плательщика у нас: зачислите их или верните, закрыть нельзя.')
      : undefined
  if (!holds) return refused('no-money', 'Денег по этому платежу нет: закройте его.')
  if (seen.currency !== payment.currency)
    return refused('foreign-currency', 'Платёж не в рублях: верните его в кабинете платёжной системы.')
  if (decision === 'credit' && (seen.amount !== payment.amount || seen.refunded > 0n))
    return refused('differs', 'Сумма не та, что просили: зачислить нельзя, верните деньги.')
  return undefined
}
