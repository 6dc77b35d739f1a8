import { z } from 'zod'

const dial = z.object({ name: z.string().nullable(), dial: z.string() })

/** What a slip of readings says: nothing of the person, and of the account its number only. */
export const readingsSlip = z.object({
  accountNumber: z.string(),
  /** How the values came, in words of the database. */
  channel: z.string(),
  /** When the dials were read, where that is not when the values came. */
  takenAt: z.iso.datetime().nullable(),
  lines: z.array(
    z.object({
      title: z.string(),
      serial: z.string(),
      unit: z.string(),
      period: z.string(),
      takenOn: z.iso.date(),
      /** The window was not open: kept for its next one. */
      outside: z.boolean(),
      values: z.array(dial),
    }),
  ),
})
export type ReadingsSlip = z.infer<typeof readingsSlip>

/** What a certificate of no debt says. */
export const noDebt = z.object({
  accountNumber: z.string(),
  address: z.string(),
  holderName: z.string(),
  /** The company that says so. */
  company: z.string(),
  /** The day it is true of. */
  on: z.iso.date(),
  /** What is to be paid and is not late yet; `amount` is kopecks. Null when nothing is. */
  due: z.object({ amount: z.string().regex(/^\d+$/), period: z.string(), until: z.iso.date() }).nullable(),
})
export type NoDebt = z.infer<typeof noDebt>

/** Whose certificate it is, who gives it, and the day it is true of. */
const certificate = {
  accountNumber: z.string(),
  address: z.string(),
  holderName: z.string(),
  company: z.string(),
  on: z.iso.date(),
}
/** Kopecks; an overpayment below zero. */
const amount = z.string().regex(/^-?\d+$/)

/** What a certificate of the charges of a period says. */
export const chargesCertificate = z.object({
  ...certificate,
  /** The first month and the last. */
  from: z.string(),
  to: z.string(),
  /** Months billing told of, the earliest first. `accrued`: with recalculations, benefits and penalties. */
  months: z
    .array(z.object({ period: z.string(), opening: amount, accrued: amount, paid: amount, closing: amount }))
    .min(1),
  /** What each service came to over all of them. */
  services: z.array(z.object({ name: z.string(), accrued: amount })),
  accrued: amount,
  paid: amount,
})
export type ChargesCertificate = z.infer<typeof chargesCertificate>

/** What a certificate of the registered meters says. */
export const metersCertificate = z.object({
  ...certificate,
  meters: z
    .array(
      z.object({
        kind: z.string(),
        serial: z.string(),
        place: z.string(),
        unit: z.string(),
        commissionedOn: z.iso.date(),
        verifiedUntil: z.iso.date().nullable(),
        /** The last value in force of each counter; null where there is none. */
        values: z.array(z.object({ name: z.string().nullable(), dial: z.string().nullable() })),
        /** The month of the latest of them. */
        valuesOf: z.string().nullable(),
      }),
    )
    .min(1),
})
export type MetersCertificate = z.infer<typeof metersCertificate>

/** What the last statement of a holder says when the account changed hands: of their own time with it, nothing of the next one's. */
export const finalStatement = z.object({
  accountNumber: z.string(),
  address: z.string(),
  holderName: z.string(),
  company: z.string(),
  /** The day from which the account is another's. */
  on: z.iso.date(),
  /** What they leave; below zero is overpaid. */
  balance: amount,
  /** The latest months charged, the latest first. */
  months: z.array(z.object({ period: z.string(), accrued: amount, paid: amount })),
  /** What the meters showed on that day; `why` they were not read. */
  meters: z.array(
    z.object({
      title: z.string(),
      serial: z.string(),
      unit: z.string(),
      values: z.array(dial),
      why: z.string().nullable(),
    }),
  ),
})
export type FinalStatement = z.infer<typeof finalStatement>

/** What every kind of paper says, by kind. */
export const paperBodies = {
  'readings-slip': readingsSlip,
  'no-debt': noDebt,
  charges: chargesCertificate,
  meters: metersCertificate,
  'final-statement': finalStatement,
} as const
export type PaperKind = keyof typeof paperBodies
/** Papers given on demand. */
export type CertificateKind = Exclude<PaperKind, 'readings-slip' | 'final-statement'>

/** The form of `/personal/check`. */
export const checkInput = z.object({
  number: z
    .string()
    .transform((text) => text.replace(/\D/g, ''))
    .pipe(z.string().regex(/^\d{1,15}$/, 'Введите номер документа: только цифры.')),
  code: z
    .string()
    .transform((text) => text.replace(/\D/g, ''))
    .pipe(z.string().regex(/^\d{8}$/, 'Код — восемь цифр, они стоят под номером.')),
})
