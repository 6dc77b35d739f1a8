import { z } from 'zod'
import { parsePeriod } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'
import { meterId } from './meters-schema'

const NOTE_MAX = 500

/** Words of a person or of staff: lines stay lines, invisible signs go. */
const words = z.string().overwrite((written) =>
  written
    .split(/\r\n?|\n/)
    .map(cleanLine)
    .join('\n')
    .trim(),
)

const value = z.string().max(40).default('')

/** «Исправить показание»: what the dial showed, T1 first, for the month the page was about. */
export const askCorrectionForm = z.object({
  meter: meterId,
  period: z
    .string()
    .transform((text) => parsePeriod(text))
    .optional()
    .catch(undefined),
  value1: value,
  value2: value,
  value3: value,
  note: words.max(NOTE_MAX, `Не длиннее ${NOTE_MAX} знаков`).default(''),
})
export type AskCorrectionInput = z.output<typeof askCorrectionForm>

/** «Исправить» of staff. */
export const acceptCorrectionForm = z.object({ correction: z.uuid() })

/** «Отказать» of staff. */
export const refuseCorrectionForm = z.object({
  correction: z.uuid(),
  reason: words
    .min(3, 'Напишите, почему показание остаётся прежним: жилец это прочтёт')
    .max(NOTE_MAX, `Не длиннее ${NOTE_MAX} знаков`),
})

/** The filter of the office's list, as the address has it. */
export const correctionsFilter = z.object({
  state: z.enum(['open', 'settled']).catch('open'),
  /** The one to look at; the first that waits when none is named. */
  id: z.uuid().optional().catch(undefined),
})
