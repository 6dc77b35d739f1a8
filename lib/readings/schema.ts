import { z } from 'zod'
import { type CalendarDay, parseDay } from '@/lib/units/day'

/** The form of readings: the account's number, then whatever its meters ask for; `lib/readings/commands.ts` reads those. */
export const readingsInput = z.object({ account: z.string().max(40) }).catchall(z.string())
export type ReadingsInput = z.infer<typeof readingsInput>

/** A slip to be sent by letter. */
export const slipInput = z.object({ id: z.uuid() })

/** The address of the slips' page: the other accounts' slips, and whether the letter has gone. */
export const slipQuery = z.object({
  with: z
    .string()
    .catch('')
    .transform((text) => text.split(',').filter(Boolean).slice(0, 50)),
  mailed: z
    .literal('1')
    .optional()
    .catch(undefined)
    .transform((value) => value !== undefined),
})

/** The page of one sending's slips, one an account. */
export function slipPage([first = '', ...others]: readonly string[]): string {
  return `/personal/readings/slip/${first}${others.length > 0 ? `?with=${others.join(',')}` : ''}`
}

/** The form of staff: the same, and the day the dials were read. */
export const enterInput = readingsInput.extend({
  takenOn: z.string().transform((text, context): CalendarDay => {
    const found = parseDay(text)
    if (found) return found
    context.addIssue({ code: 'custom', message: 'Укажите день, например 24.11.2026' })
    return z.NEVER
  }),
})

/** Name of the field for one register of a meter. */
export function fieldName(meterId: number, register: number): string {
  return `m${meterId}r${register}`
}

/** «Электричество, коридор, ночь, № 48-1307»: one counter among those of several accounts. */
export function counterTitle(title: string, register: string | undefined, serial: string): string {
  return `${title}${register ? `, ${register.toLowerCase()}` : ''}, № ${serial}`
}

/** Name of the tick «Счётчик перешёл через ноль» of that field; its value is the value it confirms. */
export function turnedName(meterId: number, register: number): string {
  return `${fieldName(meterId, register)}turned`
}

/** Name of the answer to what looks odd about that field: `take:…` or `keep:…` with the values it is about. */
export function doubtName(meterId: number, register: number): string {
  return `${fieldName(meterId, register)}doubt`
}

/** The meters a form has something typed for. */
export function namedMeters(input: ReadingsInput): number[] {
  return Object.entries(input).flatMap(([name, text]) => {
    const id = text.trim() === '' ? undefined : meterOfField(name)
    return id === undefined ? [] : [id]
  })
}

/** The fields of some meters, ticks and answers about them included. */
export function fieldsOf(input: ReadingsInput, ids: ReadonlySet<number>): ReadingsInput {
  const own = Object.entries(input).filter(([name]) => {
    const id = /^m(\d{1,15})r[1-3]/.exec(name)?.[1]
    return id === undefined || ids.has(Number(id))
  })
  return { ...Object.fromEntries(own), account: input.account }
}

/** The meter a field is for; undefined for other fields. */
export function meterOfField(name: string): number | undefined {
  const match = /^m(\d{1,15})r[1-3]$/.exec(name)
  return match ? Number(match[1]) : undefined
}

/** `/personal/readings/meters/{id}`. */
export const meterOfAddress = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

const typedValue = z.string().max(40)
/** When it was read; nothing is «now». */
const clock = z
  .string()
  .trim()
  .regex(/^(([01]?\d|2[0-3])[:.][0-5]\d)?$/, 'Время вида 22:30.')
  .default('')

/** What a meter shows in the evening. Its page has both forms, so their fields have names of their own. */
export const eveningInput = z.object({ meter: meterOfAddress, evening: typedValue, eveningClock: clock })
export type EveningInput = z.output<typeof eveningInput>

/** What it shows in the morning. */
export const morningInput = z.object({ meter: meterOfAddress, morning: typedValue, morningClock: clock })
export type MorningInput = z.output<typeof morningInput>

/** «Получить справку» of an account. */
export const certificateForm = z.object({ account: z.string().max(20) })
