import type { PaymentState } from '@/lib/payments/rules'

/** States of a payment in words of the office. */
export const stateNames: Readonly<Record<PaymentState, string>> = {
  created: 'без ответа',
  pending: 'ждёт оплаты',
  waiting_for_capture: 'деньги удержаны',
  succeeded: 'зачислен',
  canceled: 'отменён',
  quarantined: 'в разборе',
}

export const methodNames = { card: 'картой', sbp: 'по СБП' } as const

export const providerTitles = { demo: 'демонстрационный банк', yookassa: 'ЮKassa' } as const

export const refundStateNames: Readonly<Record<string, string>> = {
  created: 'без ответа',
  pending: 'возвращается',
  succeeded: 'возвращено',
  canceled: 'отказано',
}

/** Who brought news of a payment. */
export const sourceNames = {
  payer: 'плательщик',
  job: 'кабинет спросил сам',
  notification: 'уведомление',
  reconciliation: 'сверка',
  staff: 'сотрудник',
} as const

const notes: Readonly<Record<string, string>> = {
  busy: 'платёжная система занята',
  unknown: 'ответа нет',
  refused: 'отказ',
  other: 'речь о другом платеже',
  refunded: 'проведён возврат №',
  'refund-canceled': 'отказано в возврате №',
  'refund-differs': 'не сходится возврат №',
  amount: 'сумма не та, что просили',
  currency: 'платёж не в рублях',
  order: 'у платежа чужой номер заказа',
  'canceled-here': 'деньги взяты за платёж, который здесь отменён',
  credit: 'зачислен сотрудником',
  returned: 'деньги возвращены',
  'closed-by-staff': 'закрыт сотрудником',
  canceled: 'отменён',
  never_made: 'платёж так и не создан',
  canceled_by_payer: 'плательщик отказался',
  canceled_by_merchant: 'отменён в кабинете платёжной системы',
  expired_on_confirmation: 'плательщик не оплатил вовремя',
  insufficient_funds: 'не хватило денег',
  general_decline: 'банк отказал без причины',
  card_expired: 'срок карты истёк',
  no_requisites: 'не заданы реквизиты организации',
}

/** The note of an event, or a reason, in words; a code nobody has words for stands as it is: «ответа нет (http_500)». */
export function noteWords(note: string): string {
  if (note === '') return ''
  const [, code = note, rest = ''] = /^([a-z-]+):(.*)$/.exec(note) ?? []
  const words = notes[code]
  if (!words) return note
  if (rest === '') return words
  return words.endsWith('№') ? `${words} ${rest}` : `${words} (${notes[rest] ?? rest})`
}
