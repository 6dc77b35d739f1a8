import type { KindOutlook, OutlookMeter } from '@/lib/ledger/outlook'
import { verificationCostWords } from '@/lib/ledger/outlook-words'
import { fieldName } from '@/lib/readings/schema'
import { type CalendarDay, daysBetween, formatDay } from '@/lib/units/day'
import type { PricePart } from '@/lib/units/price'
import { plural } from '@/lib/units/text'

/** The prices of the form's fields, by name; a field whose price is not known is left out. */
export function pricesOf(
  meters: readonly OutlookMeter[],
  outlook: readonly KindOutlook[],
): Record<string, PricePart[]> {
  const found: Record<string, PricePart[]> = {}
  for (const meter of meters)
    for (const { register, price } of kindOf(meter, outlook)?.counters ?? [])
      if (price) found[fieldName(meter.id, register)] = price
  return found
}

/** A verification is told of so many days ahead. */
const AHEAD = 90

/** By meter: «Поверка до 12 февраля 2027: осталось 60 дней. Если не поверить, …»; only of those that run out within 90 days. */
export function verificationNotes(
  meters: readonly OutlookMeter[],
  outlook: readonly KindOutlook[],
  today: CalendarDay,
): Record<number, string> {
  const notes: Record<number, string> = {}
  for (const meter of meters) {
    const { verifiedUntil } = meter
    const left = verifiedUntil ? daysBetween(today, verifiedUntil) : AHEAD + 1
    if (!verifiedUntil || left < 0 || left > AHEAD) continue
    const kind = kindOf(meter, outlook)
    const cost = kind && verificationCostWords(kind)
    notes[meter.id] = `Поверка до ${formatDay(verifiedUntil)}: ${leftWords(left)}.${cost ? ` ${cost}` : ''}`
  }
  return notes
}

function leftWords(days: number): string {
  return days === 0 ? 'сегодня последний день' : `осталось ${plural(days, ['день', 'дня', 'дней'])}`
}

/** What is reckoned for a meter's kind. */
export function kindOf(meter: { id: number }, outlook: readonly KindOutlook[]): KindOutlook | undefined {
  return outlook.find(({ meterIds }) => meterIds.includes(meter.id))
}
