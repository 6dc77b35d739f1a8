import { z } from 'zod'
import { parseDay } from '@/lib/units/day'
import { cleanLine } from '@/lib/units/text'

const LARGEST_ID = 999_999_999_999

/** A meter's id, as an address or a hidden field names it. */
export const meterId = z.coerce.number().int().min(1).max(LARGEST_ID)

const account = z.string().max(40)
const value = z.string().max(40).default('')
const tick = z.preprocess((sent) => sent === 'on', z.boolean())

/** A day of a form, `YYYY-MM-DD` or `ДД.ММ.ГГГГ`; null when left empty. Years outside these are slips of the keyboard. */
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

const neededDay = (words: string) =>
  optionalDay.transform((found, context) => {
    if (found !== null) return found
    context.addIssue({ code: 'custom', message: words })
    return z.NEVER
  })

const digits = (least: number, most: number) =>
  z.coerce
    .number({ error: 'Введите число' })
    .int('Введите целое число')
    .min(least, `От ${least} до ${most}`)
    .max(most, `От ${least} до ${most}`)

/** What is told of a meter that is put up; its values are read by its own dial afterwards. */
const newMeter = {
  serial: z
    .string()
    .overwrite(cleanLine)
    .min(1, 'Введите номер, он выбит на счётчике')
    .max(40, 'Не длиннее 40 знаков'),
  place: z.string().overwrite(cleanLine).max(60, 'Не длиннее 60 знаков').default(''),
  digitsBefore: digits(1, 9),
  digitsAfter: digits(0, 7),
  registers: digits(1, 3),
  commissionedOn: optionalDay,
  verifiedUntil: optionalDay,
  automatic: tick,
  initial1: value,
  initial2: value,
  initial3: value,
}

/** «Добавить счётчик». */
export const addMeterForm = z.object({
  account,
  kind: z.enum(['cold_water', 'hot_water', 'electricity', 'heat', 'gas'], {
    error: 'Выберите, что считает счётчик',
  }),
  installedOn: neededDay('Укажите день установки'),
  ...newMeter,
})
export type AddMeterInput = z.output<typeof addMeterForm>

/** The last values of a meter that goes, and ticks that confirm the counter passed zero: each holds the value it is for. */
const finals = {
  final1: value,
  final2: value,
  final3: value,
  turned1: value,
  turned2: value,
  turned3: value,
}

/** «Снять». */
export const removeMeterForm = z.object({
  account,
  meter: meterId,
  removedOn: neededDay('Укажите, когда счётчик сняли'),
  ...finals,
})
export type RemoveMeterInput = z.output<typeof removeMeterForm>
export type FinalValues = Pick<RemoveMeterInput, keyof typeof finals>

/** «Заменить»: the new one stands where the old one stood, from the same day unless another is told. */
export const replaceMeterForm = z.object({
  account,
  meter: meterId,
  removedOn: neededDay('Укажите, когда счётчик сняли'),
  installedOn: optionalDay,
  ...finals,
  ...newMeter,
})
export type ReplaceMeterInput = z.output<typeof replaceMeterForm>

/** «Изменить». The digits are there only while the meter has no readings. */
export const changeMeterForm = z.object({
  account,
  meter: meterId,
  place: newMeter.place,
  commissionedOn: optionalDay,
  verifiedUntil: optionalDay,
  automatic: tick,
  digitsBefore: digits(1, 9).optional(),
  digitsAfter: digits(0, 7).optional(),
})
export type ChangeMeterInput = z.output<typeof changeMeterForm>
