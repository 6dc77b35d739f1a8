import { z } from 'zod'
import { kopecks } from '@/lib/units/money'
import { type Period, period } from '@/lib/units/period'

/** What a payment code says: whom to pay, how much, what for. Named as ГОСТ Р 56042-2014 names its requisites. */
export type PaymentCode = z.output<typeof paymentCode> & {
  /** Requisites of the standard, or a bank's own, that the service has no use for. */
  others?: Record<string, string>
}

/** The mandatory requisites, in their order. */
export const MANDATORY = ['Name', 'PersonalAcc', 'BankName', 'BIC', 'CorrespAcc'] as const

/** The shape of a code, from its texts. The order is the one requisites are written in. */
export const paymentCode = z.object({
  Name: text('получатель', 160),
  PersonalAcc: coded('счёт получателя', /^\d{20}$/, '20 цифр'),
  BankName: text('банк получателя', 45),
  BIC: coded('БИК', /^\d{9}$/, '9 цифр'),
  /** `0` when the bank has none. */
  CorrespAcc: coded('корреспондентский счёт', /^(\d{20}|0)$/, '20 цифр'),
  Sum: coded('сумма', /^\d{1,18}$/, 'целое число копеек')
    .transform((digits) => kopecks(BigInt(digits)))
    .optional(),
  Purpose: text('назначение платежа', 210).optional(),
  PayeeINN: coded('ИНН получателя', /^(\d{10}|\d{12})$/, '10 или 12 цифр').optional(),
  KPP: coded('КПП получателя', /^[\dA-Z]{9}$/, '9 знаков').optional(),
  LastName: text('фамилия', 160).optional(),
  FirstName: text('имя', 160).optional(),
  MiddleName: text('отчество', 160).optional(),
  PayerAddress: text('адрес плательщика', 210).optional(),
  /** Лицевой счёт. */
  PersAcc: text('лицевой счёт', 40).optional(),
  PaymPeriod: z
    .string()
    .transform((digits, context): Period => {
      const found = readPeriod(digits)
      if (found) return found
      context.addIssue({ code: 'custom', message: 'период: это не месяц' })
      return z.NEVER
    })
    .optional(),
  ServiceName: text('услуга', 210).optional(),
  /** 02: housing services. */
  TechCode: coded('технический код', /^\d{2}$/, '2 цифры').optional(),
})

function text(what: string, most: number) {
  return z
    .string({ error: `нет обязательного реквизита «${what}»` })
    .max(most, `${what}: длиннее ${most} знаков`)
}

function coded(what: string, pattern: RegExp, words: string) {
  return z
    .string({ error: `нет обязательного реквизита «${what}»` })
    .regex(pattern, `${what}: должно быть ${words}`)
}

/** `102026`, as the standard writes a month. */
export function writePeriod(of: Period): string {
  return `${of.slice(5)}${of.slice(0, 4)}`
}

/** A month as banks and companies write it: `052026`, `05.2026`, `202605`, `0526`. Undefined when it is none. */
export function readPeriod(digits: string): Period | undefined {
  const monthFirst = /^(0[1-9]|1[0-2])\.?(?:((?:19|20)\d\d)|(\d\d))$/.exec(digits)
  if (monthFirst) return period(`${monthFirst[2] ?? `20${monthFirst[3]}`}-${monthFirst[1]}`)
  const yearFirst = /^((?:19|20)\d\d)\.?(0[1-9]|1[0-2])$/.exec(digits)
  return yearFirst ? period(`${yearFirst[1]}-${yearFirst[2]}`) : undefined
}
