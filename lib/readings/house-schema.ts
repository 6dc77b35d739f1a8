import { z } from 'zod'
import { parseDay } from '@/lib/units/day'
import { cleanLine } from '@/lib/units/text'
import { meterId } from './meters-schema'

/** A day of a form; null when left empty. */
const optionalDay = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text === '') return null
    const found = parseDay(text)
    if (found && found > '1950' && found < '2100') return found
    context.addIssue({ code: 'custom', message: 'Такого дня нет. Пример: 25.11.2026' })
    return z.NEVER
  })
const day = optionalDay.transform((found, context) => {
  if (found !== null) return found
  context.addIssue({ code: 'custom', message: 'Укажите день' })
  return z.NEVER
})
const digits = (least: number, most: number) =>
  z.coerce
    .number({ error: 'Введите число' })
    .int('Введите целое число')
    .min(least, `От ${least} до ${most}`)
    .max(most, `От ${least} до ${most}`)

/** «Добавить общедомовой счётчик». */
export const addHouseMeterForm = z.object({
  house: z.string().overwrite(cleanLine).min(1, 'Выберите дом').max(300, 'Не длиннее 300 знаков'),
  kind: z.enum(['cold_water', 'hot_water', 'electricity', 'heat', 'gas'], {
    error: 'Выберите, что считает счётчик',
  }),
  serial: z
    .string()
    .overwrite(cleanLine)
    .min(1, 'Введите номер, он выбит на счётчике')
    .max(40, 'Не длиннее 40 знаков'),
  place: z.string().overwrite(cleanLine).max(60, 'Не длиннее 60 знаков').default(''),
  digitsBefore: digits(1, 9),
  digitsAfter: digits(0, 7),
  installedOn: day,
  verifiedUntil: optionalDay,
})
export type AddHouseMeterInput = z.output<typeof addHouseMeterForm>

/** A month's value of a house's meter. `turned` holds the value it confirms to have passed zero. */
export const houseReadingForm = z.object({
  meter: meterId,
  value: z.string().max(40),
  takenOn: day,
  turned: z.string().max(40).default(''),
})
export type HouseReadingInput = z.output<typeof houseReadingForm>

/** «Снять» a house's meter. */
export const closeHouseMeterForm = z.object({ meter: meterId, removedOn: day })
export type CloseHouseMeterInput = z.output<typeof closeHouseMeterForm>
