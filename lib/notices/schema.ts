import { z } from 'zod'
import { parseDay, startOfMoscowDay } from '@/lib/units/day'
import { freeLine, line } from '@/lib/units/fields'
import { cleanLine } from '@/lib/units/text'

const MINUTE_MS = 60_000
const BODY_MAX = 2_000

/** `YYYY-MM-DDTHH:MM` of a form, Moscow time; undefined when left empty. */
const moment = z
  .string()
  .default('')
  .transform((typed, context): Date | undefined => {
    if (typed === '') return undefined
    const [, date = '', hours = '', minutes = ''] =
      /^(2\d{3}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d)?$/.exec(typed) ?? []
    const day = parseDay(date)
    if (day && Number(hours) < 24 && Number(minutes) < 60)
      return new Date(startOfMoscowDay(day).getTime() + (Number(hours) * 60 + Number(minutes)) * MINUTE_MS)
    context.addIssue({ code: 'custom', message: 'Нужны день и время, например 27.11.2026 09:00' })
    return z.NEVER
  })

const body = z
  .string()
  .overwrite((written) =>
    written
      .split(/\r\n?|\n/)
      .map(cleanLine)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
  .min(1, 'Напишите, что случится и что делать')
  .max(BODY_MAX, `Не больше ${BODY_MAX} знаков`)

/** A notice as its form has it; what fits together is decided by rules.ts, for it depends on the clock. */
export const noticeSchema = z.object({
  sendingKey: z.uuid(),
  kind: z.enum(['planned', 'sudden', 'news'], 'Выберите, о чём объявление'),
  title: line('Напишите заголовок', 120),
  body,
  startsAt: moment,
  endsAt: moment,
  shownUntil: moment,
  audience: z.enum(['all', 'house', 'microdistrict', 'service'], 'Выберите, для кого объявление'),
  place: freeLine(200),
  service: z.coerce.number().int().min(1).max(999_999_999).optional().catch(undefined),
})
export type NoticeInput = z.output<typeof noticeSchema>

/** The form goes by steps: `look` shows what will happen, `edit` goes back to the fields, `publish` does it. */
export const noticeForm = z.discriminatedUnion('step', [
  z.object({ step: z.literal('edit') }),
  noticeSchema.extend({ step: z.literal('look') }),
  noticeSchema.extend({ step: z.literal('publish') }),
])

/** `/admin/notices/{number}`. */
export const noticeNumber = z.coerce.number().int().min(1).max(999_999_999)

/** «Отменить объявление». */
export const withdrawSchema = z.object({ number: noticeNumber })

/** «Продлить»: a later end, and until when it is shown. */
export const prolongSchema = z.object({ number: noticeNumber, endsAt: moment, shownUntil: moment })
export type ProlongInput = z.output<typeof prolongSchema>

/** «Прочитано»; `back` is the page it was pressed on. */
export const readSchema = z.object({
  number: noticeNumber,
  back: z.enum(['/personal', '/personal/notices']).catch('/personal'),
})

/** «Отправить ещё раз»: a letter or a text that did not go. */
export const sendAgainSchema = z.object({ kind: z.enum(['letter', 'text']), id: z.uuid() })
