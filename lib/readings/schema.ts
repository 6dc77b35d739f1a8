import { z } from 'zod'

/** The form of readings: the account's number, then whatever its meters ask for; `lib/readings/commands.ts` reads those. */
export const readingsInput = z.object({ account: z.string().max(40) }).catchall(z.string())
export type ReadingsInput = z.infer<typeof readingsInput>

/** A slip to be sent by letter. */
export const slipInput = z.object({ id: z.uuid() })

/** Name of the field for one register of a meter. */
export function fieldName(meterId: number, register: number): string {
  return `m${meterId}r${register}`
}

/** Name of the tick «Счётчик перешёл через ноль» of that field; its value is the value it confirms. */
export function turnedName(meterId: number, register: number): string {
  return `${fieldName(meterId, register)}turned`
}

/** Name of the answer to what looks odd about that field: `take:…` or `keep:…` with the values it is about. */
export function doubtName(meterId: number, register: number): string {
  return `${fieldName(meterId, register)}doubt`
}

/** The meter a field is for; undefined for other fields. */
export function meterOfField(name: string): number | undefined {
  const match = /^m(\d{1,15})r[1-3]$/.exec(name)
  return match ? Number(match[1]) : undefined
}
