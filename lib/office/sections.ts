import type { Settings } from '@/lib/settings/schema'
import { formatAmount, kopecks } from '@/lib/units/money'

/** A part of the settings that is changed by one form. */
export interface Section {
  names: readonly (keyof Settings)[]
  /** The form's fields as they stand when nobody has typed anything: field name → text. */
  toForm(settings: Settings): Record<string, string>
}

/** The sections with a form each; the days of readings have theirs in lib/readings. */
export const sections = {
  company: {
    names: ['company'],
    toForm: ({ company: { phones, ...texts } }) => ({
      ...texts,
      phones: phones.map(({ text }) => text).join('\n'),
    }),
  },
  requisites: {
    names: ['requisites'],
    toForm: ({ requisites }) => requisites ?? { ...NO_REQUISITES },
  },
  terms: { names: ['dueDay'], toForm: ({ dueDay }) => ({ dueDay: String(dueDay) }) },
  exchange: {
    names: ['exchange'],
    toForm: ({ exchange: { fourEyes, outlierShare } }) => ({
      ...(fourEyes ? { fourEyes: 'on' } : {}),
      outlierShare: String(outlierShare),
    }),
  },
  payments: {
    names: ['payments'],
    toForm: ({ payments: { minimum, maximum, receipt } }) => ({
      minimum: rouble(minimum),
      maximumCard: rouble(maximum.card),
      maximumSbp: rouble(maximum.sbp),
      vatCode: String(receipt.vatCode),
      subject: receipt.subject,
      mode: receipt.mode,
    }),
  },
  texts: { names: ['texts'], toForm: ({ texts }) => texts },
  retention: {
    names: ['passportRetentionDays'],
    toForm: ({ passportRetentionDays }) => ({ passportRetentionDays: String(passportRetentionDays) }),
  },
} as const satisfies Record<string, Section>
export type SectionName = keyof typeof sections

const NO_REQUISITES = {
  name: '',
  inn: '',
  kpp: '',
  bankName: '',
  bic: '',
  account: '',
  correspondentAccount: '',
} as const

/** What the fields are called, on the page and in what is told about them. */
export const fieldLabels = {
  company: {
    name: 'Короткое название',
    fullName: 'Полное название',
    town: 'Город',
    postalAddress: 'Почтовый адрес',
    email: 'Электронная почта',
    phones: 'Телефоны',
    hours: 'Часы работы',
  },
  requisites: {
    name: 'Получатель',
    inn: 'ИНН',
    kpp: 'КПП',
    bankName: 'Банк',
    bic: 'БИК',
    account: 'Расчётный счёт',
    correspondentAccount: 'Корреспондентский счёт',
  },
  terms: { dueDay: 'День оплаты' },
  exchange: { fourEyes: 'Загружает не тот, кто проверял', outlierShare: 'Заметное изменение начисления, %' },
  payments: {
    minimum: 'Не меньше, ₽',
    maximumCard: 'Картой не больше, ₽',
    maximumSbp: 'По СБП не больше, ₽',
    vatCode: 'Ставка НДС',
    subject: 'Предмет расчёта',
    mode: 'Способ расчёта',
  },
  texts: { front: 'Объявление на первой странице', suspended: 'На странице «Доступ приостановлен»' },
  retention: { passportRetentionDays: 'Паспорт хранится после решения, дней' },
} as const satisfies Record<SectionName, Record<string, string>>

function rouble(amount: number): string {
  const text = formatAmount(kopecks(BigInt(amount)))
  return text.endsWith(',00') ? text.slice(0, -3) : text
}
