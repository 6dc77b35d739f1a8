import { and, asc, desc, eq, gt, isNull, lt, max } from 'drizzle-orm'
import type { Reader } from '@/db/client'
import { handedPeriods, type meters, readings } from '@/db/schema'
import { ofPresentHolder } from '@/lib/accounts/queries'
import type { Period } from '@/lib/units/period'
import type { Corrected } from './corrections-rules'
import { registersOf } from './meters-rules'

type Meter = Pick<
  typeof meters.$inferSelect,
  'id' | 'accountId' | 'registers' | 'initial1' | 'initial2' | 'initial3'
>

/**
 * The latest month billing has taken in which the meter has a value of the present holder's time; undefined when there is none.
 */
export async function lastHanded(reader: Reader, meter: Meter): Promise<Period | undefined> {
  const [found] = await reader
    .select({ period: max(readings.period) })
    .from(readings)
    .innerJoin(handedPeriods, eq(handedPeriods.period, readings.period))
    .where(and(own(meter), ofPresentHolder(meter.accountId, readings.takenOn), isNull(readings.supersededAt)))
  return found?.period ?? undefined
}

function own({ accountId, id }: Meter) {
  return and(eq(readings.accountId, accountId), eq(readings.meterId, id))
}

/** The meter's counters with a value of that month, each between its neighbours; none when nothing was told for it. */
export async function countersOf(reader: Reader, meter: Meter, period: Period): Promise<Corrected[]> {
  const counters: Corrected[] = []
  for (const register of registersOf(meter)) {
    const current = await valueAt(reader, meter, register, 'at', period)
    if (!current) continue
    const previous = await valueAt(reader, meter, register, 'before', period)
    const initial = [meter.initial1, meter.initial2, meter.initial3][register - 1]
    counters.push({
      register,
      current: current.value,
      previous: previous?.value ?? initial ?? undefined,
      next: await valueAt(reader, meter, register, 'after', period),
    })
  }
  return counters
}

async function valueAt(
  reader: Reader,
  meter: Meter,
  register: number,
  where: 'before' | 'at' | 'after',
  of: Period,
) {
  const { period, value, rolledOver } = readings
  const when = { before: lt(period, of), at: eq(period, of), after: gt(period, of) }[where]
  const [found] = await reader
    .select({ period, value, rolledOver })
    .from(readings)
    .where(and(own(meter), eq(readings.register, register), isNull(readings.supersededAt), when))
    .orderBy(where === 'before' ? desc(period) : asc(period))
    .limit(1)
  return found
}
