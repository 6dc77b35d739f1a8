import { z } from 'zod'
import { checkRequisites } from '@/lib/units/requisites'

const windowDay = z.number().int().min(1).max(31)
const readingWindow = z.object({ from: windowDay, to: windowDay })
const meterKinds = ['cold_water', 'hot_water', 'electricity', 'heat', 'gas'] as const

const requisites = z
  .object({
    name: z.string(),
    inn: z.string(),
    kpp: z.string(),
    bankName: z.string(),
    bic: z.string(),
    account: z.string(),
    correspondentAccount: z.string(),
  })
  .superRefine((value, context) => {
    for (const [field, message] of Object.entries(checkRequisites(value)))
      context.addIssue({ code: 'custom', path: [field], message })
  })
/** Days `MM-DD` of a year on which it departs from the ordinary Monday–Friday week. */
const monthAndDate = z.string().regex(/^\d{2}-\d{2}$/)
const calendarYear = z.object({ daysOff: z.array(monthAndDate), workingWeekends: z.array(monthAndDate) })

/** Where residents' payments go. */
export type Requisites = z.infer<typeof requisites>

/** The company's settings; the defaults are МУП «ККП», Desnogorsk. */
export const settingsSchema = z.object({
  company: z
    .object({
      name: z.string(),
      fullName: z.string(),
      town: z.string(),
      postalAddress: z.string(),
      email: z.string(),
      phones: z.array(z.object({ text: z.string(), tel: z.string() })),
      hours: z.string(),
    })
    .prefault({
      name: 'МУП «ККП»',
      fullName: 'МУП «Комбинат коммунальных предприятий» МО «город Десногорск» Смоленской области',
      town: 'Десногорск',
      postalAddress: 'г.\u00a0Десногорск, 3\u00a0микрорайон, пристройка к дому 1 «Б»',
      email: 'mup_kkp@mail.ru',
      phones: [
        { text: '(48153) 3-15-30', tel: '+74815331530' },
        { text: '(48153) 7-16-24', tel: '+74815371624' },
      ],
      hours: 'пн–пт, 8:00–17:00',
    }),
  /** Days of the month, Moscow time, both included; `from` > `to` crosses the month's end; a day past the month's end is its last. */
  readingWindow: readingWindow.prefault({ from: 15, to: 25 }),
  /** Windows of the kinds of meters that have another one. */
  readingWindows: z.partialRecord(z.enum(meterKinds), readingWindow).default({}),
  /** Whether a window that would close on a day off closes on the next working day. */
  windowWaitsForWorkday: z.boolean().default(false),
  /** How many days before the last day of a window those who sent nothing yet are reminded; 0 is on that day. */
  remindDaysBefore: z.number().int().min(0).max(20).default(3),
  /** Bill of a month is paid by this day of the next one (ЖК РФ ст. 155 as of 2026-03-01); a day off moves it on. */
  dueDay: windowDay.default(15),
  /** Where residents' payments go; null until entered, and then no bill carries a payment code. Their check digits are verified. */
  requisites: requisites.nullable().default(null),
  /** `fourEyes`: a file is loaded by another employee than the one who checked it. `outlierShare`: percent by which an account's charge must move to be named in the rehearsal. */
  exchange: z
    .object({
      fourEyes: z.boolean().default(false),
      outlierShare: z.number().int().min(1).max(1000).default(50),
    })
    .prefault({}),
  /** The yearly rate penalties are reckoned from, percent, by the day it is in force from, oldest first (ЖК РФ ст. 155 §14; at most 9.5 % until 2027-01-01). */
  penaltyRates: z
    .array(z.object({ from: z.iso.date(), percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/) }))
    .default([{ from: '2022-02-28', percent: '9.5' }]),
  payments: z
    .object({
      /** The least and the most that is paid at once, kopecks; the most by the way of paying (СБП: 700 000 ₽ by its rules). */
      minimum: z.number().int().min(1).default(1_00),
      maximum: z
        .object({
          card: z.number().int().min(1).default(250_000_00),
          sbp: z.number().int().min(1).default(700_000_00),
        })
        .prefault({}),
      /** How lines of the fiscal receipt are marked, in the provider's codes: no VAT, a service, paid in full. */
      receipt: z
        .object({
          vatCode: z.number().int().min(1).max(12).default(1),
          subject: z.string().default('service'),
          mode: z.string().default('full_payment'),
        })
        .prefault({}),
    })
    .prefault({}),
  /** Production calendars by year, loaded by staff; such a year counts before the one the service came with. */
  calendars: z.record(z.string().regex(/^20\d{2}$/), calendarYear).default({}),
  /** The company's own words; empty for none. */
  texts: z
    .object({
      /** On the page with the two doors, before anybody has signed in. */
      front: z.string().max(1000).default(''),
      /** What a blocked person reads beside whom to call. */
      suspended: z.string().max(1000).default(''),
    })
    .prefault({}),
  /** The database holds the demo company: made-up people, and a bank of ours that takes no money may stand in. */
  demo: z.boolean().default(false),
  /**
   * For how many days what no law keeps longer stays: personal data of refused requests, addresses and devices of sign-ins that
   * ended, addresses and words of sent letters and SMS, former e-mails and phones, files of enquiries and scans of applications.
   */
  retention: z
    .object({
      refusedRequestDays: z.number().int().min(30).max(3650).default(365),
      sessionDays: z.number().int().min(30).max(3650).default(365),
      letterDays: z.number().int().min(30).max(3650).default(365),
      contactDays: z.number().int().min(30).max(3650).default(365),
      fileDays: z.number().int().min(365).max(3650).default(1096),
    })
    .prefault({}),
  /** Days after the decision in which a request's passport is removed (152-ФЗ art. 5 §7: no longer than the purpose needs). */
  passportRetentionDays: z.number().int().min(1).max(365).default(30),
})

export type Settings = z.infer<typeof settingsSchema>
