import { formatMoney } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'
import type { Share } from './allocation'
import type { PaymentMethod } from './provider'
import { isOpen, type PaymentState } from './rules'

/** «Оплачено», «Проверяем», «Не оплачено», «На проверке у сотрудника». */
export function stateWords(state: PaymentState): string {
  if (isOpen(state)) return 'Проверяем'
  if (state === 'quarantined') return 'На проверке у сотрудника'
  return state === 'succeeded' ? 'Оплачено' : 'Не оплачено'
}

/** «картой», «по СБП». */
export function methodWords(method: PaymentMethod): string {
  return method === 'card' ? 'картой' : 'по СБП'
}

/** Where a piece of a payment goes: «октябрь 2026: 1 234,56 ₽». */
export function shareWords(share: Share): string {
  const amount = formatMoney(share.amount)
  if (share.kind === 'ahead') return `вперёд, в счёт следующих месяцев: ${amount}`
  const month = formatPeriod(share.period)
  return share.kind === 'due' ? `${month}: ${amount}` : `пени за ${month}: ${amount}`
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['canceled_by_payer', 'Вы отказались от платежа.'],
  ['insufficient_funds', 'На карте или счёте не хватило денег.'],
  ['card_expired', 'Срок действия карты закончился.'],
  ['invalid_card_number', 'Номер карты введён с ошибкой.'],
  ['invalid_csc', 'Код с обратной стороны карты введён с ошибкой.'],
  ['3d_secure_failed', 'Не прошла проверка по коду из СМС.'],
  ['expired_on_confirmation', 'Время на оплату вышло.'],
  ['expired_on_capture', 'Время на оплату вышло.'],
  ['call_issuer', 'Банк отклонил платёж. Позвоните в свой банк или заплатите другой картой.'],
  ['fraud_suspected', 'Банк счёл платёж подозрительным. Позвоните в свой банк или заплатите другой картой.'],
  ['payment_method_limit_exceeded', 'Достигнут предел платежей по этой карте.'],
  ['payment_method_restricted', 'По этой карте такие платежи запрещены.'],
  ['issuer_unavailable', 'Ваш банк не ответил. Попробуйте позже.'],
])

/** Why nothing was paid, by the provider's reason. */
export function cancelWords(reason: string | null): string {
  return reasons.get(reason ?? '') ?? 'Банк или платёжная система не приняли платёж.'
}
