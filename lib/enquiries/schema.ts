import { z } from 'zod'
import { filesField } from '@/lib/files/schema'
import { emailAddress, freeLine } from '@/lib/units/fields'
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

const subject = z
  .string()
  .overwrite(cleanLine)
  .min(3, 'Напишите, о чём обращение')
  .max(SUBJECT_MAX, `Не больше ${SUBJECT_MAX} знаков`)

/** The form's own mark: the same sending again is the same enquiry. */
const sendingKey = z.uuid()

/** A new enquiry from the cabinet; without an account it is a general one. */
export const enquirySchema = z.object({
  sendingKey,
  accountNumber: z.string().max(20).default(''),
  subject,
  text,
  period,
  service,
  files: filesField,
})
export type EnquiryInput = z.output<typeof enquirySchema>

/** «Обратная связь» of somebody who has not signed in: how to be called and answered is theirs to choose. */
export const feedbackSchema = z.object({
  sendingKey,
  subject,
  text,
  name: freeLine(80),
  email: z.literal('').or(emailAddress('')).default(''),
  phone: freeLine(40).refine((typed) => typed === '' || /^[+\d][\d\s().‐‑–-]{4,}$/.test(typed), {
    error: 'Нужны цифры номера, например +7 910 123-45-67',
  }),
  files: filesField,
})
export type FeedbackInput = z.output<typeof feedbackSchema>

/** `/personal/feedback/{sendingKey}`. */
export const feedbackKey = sendingKey

/** One more message of the person, or the answer of staff. */
export const messageSchema = z.object({ number: enquiryNumber, text, files: filesField })
export type MessageInput = z.output<typeof messageSchema>
