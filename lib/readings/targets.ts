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
  for (const held = new Set<Period>(); ; ) {
    const taken = await takenSince(tx, due[0])
    // In the order of the months: two that hold several never wait for each other.
    const wanted = [...new Set(due.map((period) => firstNotTaken(period, taken)))].sort()
    const missing = wanted.filter((period) => !held.has(period))
    if (missing.length === 0) return targetsOf(settings, at, taken)
    for (const period of missing) {
      await tx.execute(sql`select pg_advisory_xact_lock_shared(${periodLock(period)})`)
      held.add(period)
    }
  }
}

/** Keeps readings of a period from being stored until the transaction ends; waits for those that are being stored. */
export async function holdReadings(tx: Tx, period: Period): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${periodLock(period)})`)
}

const periodLock = (period: Period) => sql`hashtext('kabinet readings'), hashtext(${period}::text)`
