import { z } from 'zod'

/** Kinds of meters a window of their own can be set for. */
export const windowKinds = ['cold_water', 'hot_water', 'electricity', 'heat', 'gas'] as const

const DAY = 'Введите день месяца, от 1 до 31'
const date = z.coerce.number({ error: DAY }).int(DAY).min(1, DAY).max(31, DAY)
const optionalDate = z.preprocess((sent) => (sent === '' ? undefined : sent), date.optional())
const tick = z.preprocess((sent) => sent === 'on', z.boolean())

const REMIND = 'Введите число дней, от 0 до 20'

/** «Приём показаний»: days of the month, both included; a kind left empty goes by the window of all. */
export const windowsForm = z
  .object({
    from: date,
    to: date,
    from_cold_water: optionalDate,
    to_cold_water: optionalDate,
    from_hot_water: optionalDate,
    to_hot_water: optionalDate,
    from_electricity: optionalDate,
    to_electricity: optionalDate,
    from_heat: optionalDate,
    to_heat: optionalDate,
    from_gas: optionalDate,
    to_gas: optionalDate,
    waits: tick,
    remind: z.coerce.number({ error: REMIND }).int(REMIND).min(0, REMIND).max(20, REMIND),
    /** What was shown before, when the person says yes to it. */
    confirmed: z.string().max(2000).default(''),
  })
  .superRefine((input, context) => {
    for (const kind of windowKinds) {
      const [from, to] = [input[`from_${kind}`], input[`to_${kind}`]]
      if ((from === undefined) === (to === undefined)) continue
      const missing = from === undefined ? `from_${kind}` : `to_${kind}`
      context.addIssue({
        code: 'custom',
        path: [missing],
        message: 'Заполните оба дня или оставьте оба пустыми',
      })
    }
  })
export type WindowsInput = z.output<typeof windowsForm>
