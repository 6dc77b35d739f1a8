import { z } from 'zod'

const windowDay = z.number().int().min(1).max(31)

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
  readingWindow: z.object({ from: windowDay, to: windowDay }).prefault({ from: 15, to: 25 }),
  /** Bill of a month is paid by this day of the next one (ЖК РФ ст. 155 as of 2026-03-01); a day off moves it on. */
  dueDay: windowDay.default(15),
  /** Days after the decision in which a request's passport is removed (152-ФЗ art. 5 §7: no longer than the purpose needs). */
  passportRetentionDays: z.number().int().min(1).max(365).default(30),
})

export type Settings = z.infer<typeof settingsSchema>
