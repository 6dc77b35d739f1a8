import { db } from '@/db/client'
import { charges, meters, readings, services } from '@/db/schema'
import { day } from '@/lib/units/day'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'

let made = 0

/** A meter of an account with one value per register sent in earlier months: `{ '2026-10': ['315.204'] }`. */
export async function makeMeter(
  accountId: number,
  values: Partial<typeof meters.$inferInsert> = {},
  history: Record<string, readonly string[]> = {},
) {
  const [meter] = await db()
    .insert(meters)
    .values({
      accountId,
      serial: `48-${String(++made).padStart(6, '0')}`,
      kind: 'cold_water',
      place: 'кухня',
      digitsBefore: 5,
      digitsAfter: 3,
      installedOn: day('2020-01-15'),
      ...values,
    })
    .returning()
  if (!meter) throw new Error('no meter')
  for (const [month, row] of Object.entries(history))
    await db()
      .insert(readings)
      .values(
        row.map((value, place) => ({
          accountId,
          meterId: meter.id,
          period: period(month),
          register: place + 1,
          version: 1,
          value: quantity(value),
          takenOn: day(`${month}-24`),
          channel: 'import' as const,
        })),
      )
  return meter
}

/** A service by name. */
export async function makeService(name: string, sort = 100): Promise<number> {
  const [service] = await db()
    .insert(services)
    .values({ name, sort })
    .onConflictDoUpdate({ target: services.name, set: { sort } })
    .returning()
  if (!service) throw new Error('no service')
  return service.id
}

/** One row of a bill in kopecks; the closing balance follows from the rest unless it is given. */
export async function makeCharge(
  accountId: number,
  month: string,
  serviceId: number,
  of: Partial<
    Record<'opening' | 'charged' | 'recalculated' | 'benefit' | 'penalty' | 'paid' | 'closing', bigint>
  >,
): Promise<void> {
  const { opening = 0n, charged = 0n, recalculated = 0n, benefit = 0n, penalty = 0n, paid = 0n } = of
  const { closing = opening + charged + recalculated + penalty - benefit - paid } = of
  await db()
    .insert(charges)
    .values({
      accountId,
      period: period(month),
      serviceId,
      unit: 'м³',
      volume: quantity('6.396'),
      tariff: quantity('45.18'),
      opening: kopecks(opening),
      charged: kopecks(charged),
      recalculated: kopecks(recalculated),
      benefit: kopecks(benefit),
      penalty: kopecks(penalty),
      paid: kopecks(paid),
      closing: kopecks(closing),
    })
}
