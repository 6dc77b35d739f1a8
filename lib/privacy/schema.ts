import { z } from 'zod'
import { cleanLine } from '@/lib/units/text'

const MOST = 2_000

function words(missing: string) {
  return z
    .string(missing)
    .overwrite((text) =>
      text
        .split(/\r\n?|\n/)
        .map(cleanLine)
        .join('\n')
        .trim(),
    )
    .min(3, missing)
    .max(MOST, `Не больше ${MOST} знаков`)
}

/** «Исправить мои данные»: what is wrong and how it should be. */
export const correctionInput = z.object({ text: words('Напишите, что неверно и как правильно') })

/** «Отозвать согласие»: after the consequences were told. */
export const withdrawalInput = z.object({
  understood: z.literal('on', 'Поставьте отметку, если вы прочитали, что произойдёт'),
})

/** «Передумать». */
export const recallInput = z.object({ id: z.uuid() })

/** «Получить копию». `understood`: that the file stays on a computer of somebody else's. */
export const exportInput = z.object({
  format: z.enum(['json', 'pdf']),
  understood: z.literal('on').optional(),
})

/** Which copy the page leads to; undefined for none. */
export const copyOfAddress = z
  .object({ copy: exportInput.shape.format, understood: z.literal('1').optional().catch(undefined) })
  .optional()
  .catch(undefined)
export type CopyOfAddress = NonNullable<z.output<typeof copyOfAddress>>

/** What staff answer to a correction. */
export const settleInput = z.object({
  id: z.uuid(),
  outcome: z.enum(['done', 'refused'], 'Выберите, исправлено или нет'),
  note: words('Напишите человеку, что сделано'),
})
export type SettleInput = z.output<typeof settleInput>

/** «Уничтожить данные» of a withdrawal. */
export const eraseInput = z.object({
  id: z.uuid(),
  sure: z.literal('on', 'Поставьте отметку: уничтоженное не вернуть'),
})

/** Number of an act in an address. */
export const actNumber = z.coerce.number().int().min(1).max(2_147_483_647)

/** What an act says was destroyed. */
export const destroyedCounts = z.record(z.string(), z.number().int().min(0)).catch({})

/** Which requests the office's list shows. */
export const privacyFilter = z.object({ state: z.enum(['open', 'settled']).catch('open') })
