import { z } from 'zod'
import { moscowDay, parseDay } from '@/lib/units/day'
import { emailAddress, freeLine, line, optionalName, personName } from '@/lib/units/fields'
import { parseKopecks } from '@/lib/units/money'
import { cleanLine, digitsIn, plural } from '@/lib/units/text'

const ADDRESS_MAX = 300
/** No bill of a flat is larger, kopecks. */
const MOST_OWED = 10_000_000_00n
/** The first day a passport may bear: no living person shows an older one. */
const FIRST_ISSUE_DAY = '1950-01-01'

/** The form «Заявка на получение доступа в личный кабинет» as a page sends it. */
export const requestSchema = z
  .object({
    submissionKey: z.uuid('Обновите страницу и отправьте заявку ещё раз'),
    accountNumber: accountNumber(),
    lastName: personName('Напишите фамилию, как в паспорте'),
    firstName: personName('Напишите имя, как в паспорте'),
    patronymic: optionalName(),
    registrationAddress: address('Напишите адрес, как в паспорте на странице с регистрацией'),
    sameAddress: tick(),
    postalAddress: freeLine(ADDRESS_MAX),
    passport: passportNumber(),
    passportIssuedBy: line('Перепишите из паспорта, кем он выдан', 250).min(
      3,
      'Перепишите из паспорта полностью',
    ),
    passportIssuedOn: issueDay(),
    email: emailAddress('Напишите адрес почты: на него придёт ответ'),
    phone: phone(),
    meterSerial: freeLine(40),
    acceptAgreement: z.literal('on', 'Без согласия с условиями соглашения заявку принять нельзя'),
    acceptConsent: z.literal('on', 'Без согласия на обработку данных заявку принять нельзя'),
    acceptMessages: tick(),
  })
  .refine(hasPostalAddress, {
    path: ['postalAddress'],
    error: 'Напишите адрес с домом и квартирой или отметьте, что он совпадает с адресом регистрации',
    // Told together with the problems of the other fields, not only once those are mended.
    when: () => true,
  })
  .transform(({ sameAddress, ...fields }) => ({
    ...fields,
    postalAddress: sameAddress ? fields.registrationAddress : fields.postalAddress,
  }))

/** Runs beside fields that may be broken, so it takes nothing for granted. */
function hasPostalAddress(fields: { sameAddress: unknown; postalAddress: unknown }): boolean {
  const { sameAddress, postalAddress } = fields
  return sameAddress === true || sameAddress === 'on' || looksLikeAddress(String(postalAddress ?? ''))
}

/** A request as it enters the commands: normalised, the phone still as typed. */
export type RequestInput = z.output<typeof requestSchema>

/** «Подключить ещё один счёт», of somebody whose passport was seen before. */
export const furtherSchema = z.object({
  submissionKey: z.uuid('Обновите страницу и отправьте заявку ещё раз'),
  accountNumber: accountNumber(),
  meterSerial: freeLine(40),
  billSum: freeLine(30).transform((text, context) => {
    if (!text) return undefined
    const sum = parseKopecks(text.replace(/(руб\.?|₽)$/i, '').trim())
    if (sum !== undefined && sum >= -MOST_OWED && sum <= MOST_OWED) return sum
    context.addIssue('Нужна сумма, например 1 234,56')
    return z.NEVER
  }),
})
export type FurtherInput = z.output<typeof furtherSchema>

/** «Подтвердить». */
export const approvalSchema = z.object({ requestId: z.uuid() })

/** Why staff refuse; the applicant is never told which. */
export const refusalReasons = {
  account: 'Такого счёта нет или он закрыт',
  name: 'Имя не совпадает с владельцем счёта',
  address: 'Адрес не совпадает',
  passport: 'Паспорт не совпадает с договором',
  contact: 'Не удалось связаться с заявителем',
  repeat: 'Повторная заявка',
  suspicion: 'Похоже на подбор чужих данных',
  other: 'Другое',
} as const

/** «Отказать». */
export const refusalSchema = z.object({
  requestId: z.uuid(),
  reason: z.enum(keysOf(refusalReasons), 'Выберите причину: её увидят только сотрудники'),
  note: freeLine(500),
})
export type Refusal = Omit<z.output<typeof refusalSchema>, 'requestId'>

/** Why staff open a passport; it stands in the journal. */
export const viewReasons = {
  contract: 'Сверка с договором',
  repeat: 'Сверка с другой заявкой',
  call: 'Разговор с заявителем',
  inspection: 'Запрос руководителя или проверка',
} as const

/** «Показать» beside a passport. */
export const revealSchema = z.object({
  requestId: z.uuid(),
  viewReason: z.enum(keysOf(viewReasons), 'Выберите, зачем открываете паспорт: это попадёт в журнал'),
})
export type ViewReason = z.output<typeof revealSchema>['viewReason']

/** The list's filter as it stands in the address; what is not understood there is left out. */
export const queueFilter = z.object({
  state: z.enum(['waiting', 'decided']).catch('waiting'),
  q: z.string().overwrite(cleanLine).max(80).catch(''),
})
export type QueueFilter = z.output<typeof queueFilter>

function keysOf<Key extends string>(catalogue: Record<Key, string>): Key[] {
  return Object.keys(catalogue).filter((key): key is Key => key in catalogue)
}

/** Лицевой счёт: digits, leading zeros kept; spaces and № around them do not matter. */
function accountNumber() {
  return line('Перепишите номер лицевого счёта с квитанции', 40)
    .overwrite((text) => text.replace(/[\s№]/g, ''))
    .regex(/^\d+$/, 'Нужны только цифры — номер вверху квитанции')
    .min(4, { error: ({ input }) => `Цифр мало: проверьте номер по квитанции. Сейчас ${digitCount(input)}.` })
    .max(20, {
      error: ({ input }) => `Цифр слишком много: проверьте номер по квитанции. Сейчас ${digitCount(input)}.`,
    })
}

/** An address of Desnogorsk may have no street, but always a house or a flat. */
function address(missing: string) {
  return line(missing, ADDRESS_MAX).refine(looksLikeAddress, 'Напишите адрес целиком: с домом и квартирой')
}

/** Whether a line has what every address has: a word and a number. */
function looksLikeAddress(text: string): boolean {
  return text.length >= 5 && /\p{L}/u.test(text) && /\d/.test(text)
}

/** Серия и номер паспорта: 10 digits, however spaced. */
function passportNumber() {
  return line('Перепишите серию и номер паспорта: 10 цифр', 100)
    .overwrite((text) => text.replace(/[\s№-]/g, ''))
    .regex(/^\d+$/, 'Нужны только цифры: 4 серии и 6 номера')
    .refine((text) => text.length === 10, {
      error: ({ input }) => `Нужно 10 цифр: 4 серии и 6 номера. Сейчас ${String(input).length}.`,
    })
}

/** The day a passport was issued, `YYYY-MM-DD` or `ДД.ММ.ГГГГ`; becomes a calendar day. */
function issueDay() {
  return line('Укажите день, когда выдан паспорт, например 15.04.2016', 20).transform((text, context) => {
    const day = parseDay(text)
    const problem = problemOfIssueDay(day)
    if (day && !problem) return day
    context.addIssue(problem)
    return z.NEVER
  })
}

function problemOfIssueDay(day: string | undefined): string {
  if (!day) return 'Такого дня в календаре нет. Нужен день вида 15.04.2016'
  if (day > moscowDay(new Date())) return 'Этот день ещё не наступил: проверьте год'
  return day < FIRST_ISSUE_DAY ? 'Так давно паспорт выдать не могли: проверьте год' : ''
}

/** A phone as people type it; that it is a Russian mobile one is decided by the server (rules.ts). */
function phone() {
  return line('Напишите номер мобильного телефона', 40)
    .regex(/^[+\d\s().‐‑–-]+$/, {
      error: 'Нужны только цифры номера, например +7 910 123-45-67',
    })
    .refine((text) => [10, 11].includes(digitsIn(text).length), {
      error: ({ input }) =>
        `Нужен мобильный номер: +7 и ещё 10 цифр. Сейчас ${digitCount(digitsIn(String(input)))}.`,
    })
}

/** A tick that may be left empty. */
function tick() {
  return z
    .string()
    .optional()
    .transform((value) => value === 'on')
}

function digitCount(input: unknown): string {
  return plural(String(input).length, ['цифра', 'цифры', 'цифр'])
}
