import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { z } from 'zod'
import type { Settings } from '@/lib/settings/schema'
import { emailAddress, freeLine, line } from '@/lib/units/fields'
import { parseKopecks } from '@/lib/units/money'
import { checkRequisites } from '@/lib/units/requisites'
import { cleanLine } from '@/lib/units/text'
import { receiptModes, receiptSubjects, vatCodes } from './receipt-codes'

/** What a form of the settings comes to: what its sender saw before, and what to change. */
export interface Change {
  seen: string
  change: Partial<Settings>
}

/** The form's fields as they stood when the page was made, as JSON: whoever changed them meanwhile is not overwritten unseen. */
const seen = z.string().default('')
const tick = z.preprocess((sent) => sent === 'on', z.boolean())
const MOST_PHONES = 5

/** The company as a person enters it: phones one to a line. */
export const companyFields = z.object({
  name: line('Напишите, как вас называют жильцы', 60),
  fullName: line('Напишите полное название', 200),
  town: line('Напишите город', 60),
  postalAddress: line('Напишите адрес, куда приходят и пишут', 200),
  email: emailAddress('Напишите адрес почты'),
  phones: z.string().default('').transform(readPhones),
  hours: line('Напишите, когда вы отвечаете', 60),
})

/** «Компания». */
export const companyForm = companyFields
  .extend({ seen })
  .transform(({ seen, ...company }): Change => ({ seen, change: { company } }))

function readPhones(text: string, context: z.RefinementCtx<string>) {
  const lines = text.split(/\r\n?|\n/).map(cleanLine)
  const phones: { text: string; tel: string }[] = []
  for (const [place, typed] of lines.entries()) {
    if (typed === '') continue
    const parsed = parsePhoneNumberFromString(typed, 'RU')
    if (parsed?.isValid() && typed.length <= 40) phones.push({ text: typed, tel: parsed.number })
    else
      context.addIssue(`Строка ${place + 1}: «${typed.slice(0, 40)}» — это не номер телефона с кодом города`)
  }
  if (phones.length === 0) context.addIssue('Нужен хотя бы один телефон')
  if (phones.length > MOST_PHONES) context.addIssue(`Не больше ${MOST_PHONES} телефонов`)
  return phones
}

const digits = z
  .string()
  .default('')
  .transform((text) => text.replace(/[\s\u00a0\u202f-]/g, '').slice(0, 40))

/** Requisites as a person enters them; all empty for none. */
export const requisitesFields = z.object({
  name: freeLine(300),
  inn: digits,
  kpp: digits,
  bankName: freeLine(300),
  bic: digits,
  account: digits,
  correspondentAccount: digits,
})

/** Requisites that agree with each other, or null when nothing was entered; `path` is before the names of fields that do not. */
export function readRequisites(
  typed: z.output<typeof requisitesFields>,
  context: z.RefinementCtx,
): Settings['requisites'] {
  if (Object.values(typed).every((text) => text === '')) return null
  for (const [field, message] of Object.entries(checkRequisites(typed)))
    context.addIssue({ code: 'custom', path: [field], message })
  return typed
}

/** «Реквизиты»; `confirmed` is what was shown before, when the person says yes to it. */
export const requisitesForm = requisitesFields
  .extend({ seen, confirmed: z.string().max(2000).default('') })
  .transform(({ seen, confirmed, ...typed }, context) => ({
    seen,
    confirmed,
    requisites: readRequisites(typed, context),
  }))

/** «Сроки». */
export const termsForm = z
  .object({ seen, dueDay: whole(1, 31, 'Введите день месяца, от 1 до 31') })
  .transform(({ seen, ...change }): Change => ({ seen, change }))

/** «Обмен». */
export const exchangeForm = z
  .object({
    seen,
    fourEyes: tick,
    outlierShare: whole(1, 1000, 'Введите целое число процентов, от 1 до 1000'),
  })
  .transform(({ seen, ...exchange }): Change => ({ seen, change: { exchange } }))

/** «Платежи». */
export const paymentsForm = z
  .object({
    seen,
    minimum: roubles(),
    maximumCard: roubles(),
    maximumSbp: roubles(),
    vatCode: z
      .enum(
        vatCodes.map(({ value }) => value),
        'Выберите из списка',
      )
      .transform(Number),
    subject: z.enum(
      receiptSubjects.map(({ value }) => value),
      'Выберите из списка',
    ),
    mode: z.enum(
      receiptModes.map(({ value }) => value),
      'Выберите из списка',
    ),
  })
  .superRefine(({ minimum, ...input }, context) => {
    for (const field of ['maximumCard', 'maximumSbp'] as const)
      if (input[field] < minimum)
        context.addIssue({ code: 'custom', path: [field], message: 'Меньше, чем наименьший платёж' })
  })
  .transform(({ seen, minimum, maximumCard: card, maximumSbp: sbp, ...receipt }): Change => {
    return { seen, change: { payments: { minimum, maximum: { card, sbp }, receipt } } }
  })

/** «Тексты». */
export const textsForm = z
  .object({ seen, front: freeText(600), suspended: freeText(600) })
  .transform(({ seen, ...texts }): Change => ({ seen, change: { texts } }))

/** «Хранение». */
export const retentionForm = z
  .object({ seen, passportRetentionDays: whole(1, 365, 'Введите число дней, от 1 до 365') })
  .transform(({ seen, ...change }): Change => ({ seen, change }))

/** «Отправить пробное письмо». */
export const testLetterForm = z.object({ email: emailAddress('Напишите, куда отправить') })

/** «Отправить пробное SMS». */
export const testTextForm = z.object({
  phone: z
    .string()
    .default('')
    .transform((text, context) => {
      const parsed = parsePhoneNumberFromString(text, 'RU')
      if (parsed?.isValid() && parsed.country === 'RU' && parsed.getType() === 'MOBILE') return parsed.number
      context.addIssue('Нужен российский мобильный номер, например +7 910 123-45-67')
      return z.NEVER
    }),
})

/** Lines stay lines, invisible signs go; may be empty. */
function freeText(most: number) {
  return z
    .string()
    .overwrite((text) =>
      text
        .split(/\r\n?|\n/)
        .map(cleanLine)
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    )
    .max(most, `Не больше ${most} знаков`)
    .default('')
}

/** A whole number within bounds, both included. */
function whole(least: number, most: number, words: string) {
  return z
    .string(words)
    .regex(/^\d{1,6}$/, words)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words)
}

const MOST_ROUBLES = 100_000_000n

/** Roubles as people type them, to whole kopecks. */
function roubles() {
  return z.string('Введите сумму').transform((text, context) => {
    const amount = parseKopecks(text)
    if (amount !== undefined && amount > 0n && amount <= MOST_ROUBLES) return Number(amount)
    context.addIssue('Введите сумму в рублях: больше нуля и не больше 1 000 000')
    return z.NEVER
  })
}
