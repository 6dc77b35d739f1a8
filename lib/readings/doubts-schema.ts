import { z } from 'zod'
import { cleanLine } from '@/lib/units/text'

const MESSAGE_MAX = 1_000

/** «Оставить как есть». */
export const keepDoubtForm = z.object({ doubt: z.uuid() })

/** «Исправить на …»: what the dial shows. */
export const correctDoubtForm = z.object({ doubt: z.uuid(), value: z.string().max(40) })

/** «Спросить жильца». */
export const askDoubtForm = z.object({
  doubt: z.uuid(),
  text: z
    .string()
    .overwrite((written) =>
      written
        .split(/\r\n?|\n/)
        .map(cleanLine)
        .join('\n')
        .trim(),
    )
    .min(10, 'Напишите, о чём спросить')
    .max(MESSAGE_MAX, `Не длиннее ${MESSAGE_MAX} знаков`),
})

const doubtKinds = ['much', 'zero', 'swapped', 'registers', 'consumption', 'digits'] as const

/** What looks odd, as the office's list names it. */
export const doubtNames: Readonly<Record<(typeof doubtKinds)[number], string>> = {
  much: 'Расход больше обычного',
  zero: 'Третий месяц без расхода',
  swapped: 'Перепутаны горячая и холодная вода',
  registers: 'Перепутаны тарифы',
  consumption: 'Введён расход, а не показание',
  digits: 'Цифры не на своих местах',
}

/** The filter of the office's list, as the address has it. */
export const doubtsFilter = z.object({
  state: z.enum(['open', 'settled']).catch('open'),
  kind: z.enum(doubtKinds).optional().catch(undefined),
  /** The one to look at; the oldest when none is named. */
  id: z.uuid().optional().catch(undefined),
})
export type DoubtsFilter = z.output<typeof doubtsFilter>
