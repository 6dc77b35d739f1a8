import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { Period } from '@/lib/units/period'
import { duePeriods, type Targets, targetsOf } from './due'
import { takenSince } from './queries'
import { firstNotTaken } from './rules'
import type { WindowSettings } from './window'

/**
 * Where values taken at that moment go, held: until the transaction ends billing cannot take those periods. A value is stored
 * before that and handed over, or after it and stored for the next.
 */
export async function holdTargets(tx: Tx, settings: WindowSettings, at: Date): Promise<Targets> {
  const due = duePeriods(settings, at)
  const held = new Set<Period>()
  for (let wanted: readonly Period[] = due; ; ) {
    await hold(
      tx,
      wanted.filter((period) => !held.has(period)),
    )
    for (const period of wanted) held.add(period)
    const taken = await takenSince(tx, due[0])
    wanted = due.map((period) => firstNotTaken(period, taken))
    if (wanted.every((period) => held.has(period))) return targetsOf(settings, at, taken)
  }
}

/** In the order of the months: two that hold several never wait for each other. */
async function hold(tx: Tx, periods: readonly Period[]): Promise<void> {
  const locks = [...new Set(periods)]
    .sort()
    .map((period) => sql`pg_advisory_xact_lock_shared(${periodLock(period)})`)
  if (locks.length > 0) await tx.execute(sql`select ${sql.join(locks, sql`, `)}`)
}

/** Keeps readings of a period from being stored until the transaction ends; waits for those that are being stored. */
export async function holdReadings(tx: Tx, period: Period): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${periodLock(period)})`)
}

const periodLock = (period: Period) => sql`hashtext('kabinet readings'), hashtext(${period}::text)`
