import type { CalendarDay } from '@/lib/units/day'

/** What is wrong with the day of an act on paper, in words; undefined when it can be. `floor`: no earlier. */
export function dayProblem(
  of: CalendarDay,
  today: CalendarDay,
  floor: CalendarDay | undefined,
): string | undefined {
  if (of > today) return 'Этот день ещё не наступил.'
  if (floor !== undefined && of < floor) return 'Слишком давно: проверьте год.'
  return undefined
}

/** One way to tell a file: by its first bytes. */
export function isPdf(bytes: Uint8Array): boolean {
  const head = String.fromCharCode(...bytes.subarray(0, 5))
  return head === '%PDF-'
}

/** «не сняты» of a meter: the name of the field with the reason. */
export function reasonName(meterId: number): string {
  return `why${meterId}`
}
