import { z } from 'zod'
import { formatDay, parseDay } from '@/lib/units/day'
import { formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriod, parsePeriod } from '@/lib/units/period'

/** What the names in a record mean; a meter's serial stands as it is. */
const names: Record<string, string> = {
  account: 'счёт',
  request: 'заявка',
  reason: 'причина',
  application: 'заявление №',
  applicationDay: 'от',
  since: 'с',
  balance: 'остаток',
  act: 'акт №',
  outcome: 'итог',
  mode: 'вход',
  purpose: 'ссылка',
  kind: 'что',
  version: 'версия',
  period: 'период',
  rows: 'строк',
  format: 'формат',
  paperless: 'квитанция на почту',
  messages: 'звонки, SMS и письма',
  until: 'до',
  holder: 'владелец',
  helper: 'помощник',
  by: 'кто',
  rejected: 'отклонено',
  added: 'новых',
  changed: 'изменено',
  unchanged: 'без изменений',
  refused: 'файл отклонён',
  sha256: 'контрольная сумма',
  meter: 'счётчик',
  new: 'новый счётчик',
  removedOn: 'снят',
  installedOn: 'установлен',
  commissionedOn: 'введён',
  verifiedUntil: 'поверен до',
  place: 'место',
  automatic: 'передаёт сам',
  digitsBefore: 'цифр до запятой',
  digitsAfter: 'цифр после запятой',
  value: 'показание',
  people: 'человек',
  house: 'дом',
  amount: 'сумма',
  accounts: 'счета',
  refund: 'возврат №',
  position: 'часть',
  decision: 'решение',
  asked: 'просили',
  theirs: 'у платёжной системы',
  refunded: 'возвращено',
  currency: 'валюта',
  code: 'код',
  roles: 'роли',
  reset: 'сброшено',
  effectiveOn: 'действует с',
  from: 'с',
  to: 'по',
  seal: 'печать',
  broken: 'не сходится с печати',
}
/** Kopecks in a record. */
const amounts = new Set(['amount', 'balance', 'asked', 'theirs', 'refunded'])
const values: Record<string, string> = {
  application: 'заявление',
  'owner-change': 'смена собственника',
  correction: 'исправить данные',
  withdrawal: 'отзыв согласия',
  done: 'исполнено',
  own: 'своё устройство',
  shared: 'чужой компьютер',
  staff: 'сотрудник',
  holder: 'владелец счёта',
  helper: 'помощник',
  replaced: 'новое приглашение',
  activation: 'первый пароль',
  recovery: 'забытый пароль',
  accounts: 'лицевые счета',
  meters: 'счётчики и показания',
  charges: 'начисления',
  tariffs: 'тарифы и нормативы',
  payments: 'платежи',
  readings: 'показания',
  agreement: 'соглашение',
  consent: 'согласие',
  privacy: 'политика',
  'csv-1251': 'CSV cp1251',
  'csv-utf8': 'CSV UTF-8',
  xlsx: 'Excel',
  register: 'банковский реестр',
  credit: 'зачислить',
  return: 'вернуть',
  close: 'закрыть',
  app: 'из приложения',
  spare: 'запасной',
  password: 'пароль',
  both: 'пароль и второй шаг',
  true: 'да',
  false: 'нет',
  null: '—',
}
const settings: Record<string, string> = {
  company: 'организация',
  readingWindow: 'приём показаний',
  remindDaysBefore: 'напоминание о показаниях, за дней',
  readingWindows: 'приём показаний по видам',
  windowWaitsForWorkday: 'закрытие в рабочий день',
  dueDay: 'срок оплаты',
  passportRetentionDays: 'хранение паспортов',
  requisites: 'реквизиты',
  exchange: 'обмен',
  penaltyRates: 'ставки пеней',
  payments: 'платежи',
  calendars: 'производственный календарь',
  texts: 'тексты',
  demo: 'демонстрация',
  retention: 'сроки хранения',
}

const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .nullable()
  .catch(null)

/** «причина: Сверка с договором»; with what was before, «было → стало». */
export function details({ before, after }: { before: unknown; after: unknown }): string {
  const was = wordsOf(before)
  const became = wordsOf(after)
  return was ? `${was} → ${became}` : became
}

/** What a record is about: names of settings and documents in words, numbers and logins as they are. */
export function subjectWords(label: string): string {
  return label
    .split(/(?<=,) | /)
    .map((word) => settings[word.replace(',', '')] ?? values[word] ?? word)
    .join(' ')
}

function wordsOf(stored: unknown): string {
  return Object.entries(facts.parse(stored) ?? {})
    .map(([name, value]) => `${names[name] ?? settings[name] ?? name}: ${valueWords(name, String(value))}`)
    .join('; ')
}

function valueWords(name: string, value: string): string {
  if (name === 'sha256') return `${value.slice(0, 8)}…`
  if (amounts.has(name) && /^-?\d+$/.test(value)) return formatMoney(kopecks(BigInt(value)))
  const month = name === 'period' ? parsePeriod(value) : undefined
  if (month) return formatPeriod(month)
  const day = name === 'until' || name === 'effectiveOn' ? parseDay(value) : undefined
  if (day) return formatDay(day)
  // A reason was written by a person and stays as written.
  return name === 'reason' ? value : (values[value] ?? value)
}
