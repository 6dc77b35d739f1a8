import { z } from 'zod'
import { parsePeriod } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'

const SUBJECT_MAX = 120
const TEXT_MAX = 4_000
const LARGEST = 999_999_999

/** What a person or staff write: lines stay lines, invisible signs go. */
const text = z
  .string()
  .overwrite((written) =>
    written
      .split(/\r\n?|\n/)
      .map(cleanLine)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  )
  .min(1, 'Напишите несколько слов')
  .max(TEXT_MAX, `Не больше ${TEXT_MAX} знаков`)

const period = z
  .string()
  .transform((typed) => parsePeriod(typed))
  .optional()
  .catch(undefined)
const service = z.coerce.number().int().min(1).max(LARGEST).optional().catch(undefined)

/** `/personal/enquiries/{number}`. */
export const enquiryNumber = z.coerce.number().int().min(1).max(LARGEST)

/** The line of a bill to attach, as an address or a hidden field names it; whatever is no such name is left out. */
export const lineSchema = z.object({ period, service })

/** A new enquiry. */
export const enquirySchema = z.object({
  accountNumber: z.string().max(20),
  subject: z
    .string()
    .overwrite(cleanLine)
    .min(3, 'Напишите, о чём обращение')
    .max(SUBJECT_MAX, `Не больше ${SUBJECT_MAX} знаков`),
  text,
  period,
  service,
})
export type EnquiryInput = z.output<typeof enquirySchema>

/** One more message of the person, or the answer of staff. */
export const messageSchema = z.object({ number: enquiryNumber, text })
export type MessageInput = z.output<typeof messageSchema>

/** The filter of the office's list, as the address has it. */
export const queueSchema = z.object({ state: z.enum(['open', 'answered']).catch('open') })
