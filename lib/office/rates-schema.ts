import { z } from 'zod'
import { moscowDay, parseDay } from '@/lib/units/day'

const PERCENT = /^\d{1,2}([.,]\d{1,2})?$/

const fromDay = z.string().transform((text, context) => {
  const found = parseDay(text)
  if (found && found >= '2020-01-01' && found < '2100-01-01') return found
  context.addIssue('Укажите день, с которого действует ставка')
  return z.NEVER
})

/** «Добавить ставку»: yearly, percent, from a day on. What is past has been reckoned with already: not before today. */
export const addRateForm = z.object({
  from: fromDay.refine(
    (from) => from >= moscowDay(new Date()),
    'Прошедшие дни уже посчитаны: с сегодняшнего дня или позже',
  ),
  percent: z
    .string()
    .regex(PERCENT, 'Введите проценты годовых: например 9,5')
    .transform((text) => text.replace(',', '.'))
    .refine((text) => Number(text) > 0, 'Ставка больше нуля'),
})

/** «Убрать» a rate that is not in force yet. */
export const removeRateForm = z.object({ from: fromDay })
