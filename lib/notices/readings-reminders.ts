import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { meterKinds } from '@/db/schema'
import { owe } from '@/lib/mail/owe'
import { currentTargets } from '@/lib/readings/queries'
import { windowDaysOf, windowOf } from '@/lib/readings/window'
import type { MeterKind } from '@/lib/readings/words'
import { readSettings } from '@/lib/settings/queries'
import { addDays, type CalendarDay, moscowDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { type Occasion, remind } from './reminders'

/** A window that closes soon, and the kinds of meters it is for. */
export interface ClosingWindow {
  period: Period
  closesOn: CalendarDay
  kinds: MeterKind[]
}

/**
 * Before a window closes, reminds those who have not sent all readings it waits for: once per window, person and account.
 * A run that comes late still reminds, until the window has closed. @returns how many letters were owed
 */
export async function remindOfReadings(now: Date): Promise<number> {
  let letters = 0
  for (const window of await closingWindows(now)) letters += await remind(occasionOf(window, now), now)
  return letters
}

/** The windows whose last day is no more than `remindDaysBefore` away; kinds of meters with the same one together. */
async function closingWindows(now: Date): Promise<ClosingWindow[]> {
  const settings = await readSettings(db())
  const { targetOf } = await currentTargets(db(), settings, now)
  const found = new Map<string, ClosingWindow>()
  for (const kind of meterKinds) {
    const { period } = targetOf(kind)
    const { opensAt, closesOn } = windowOf(period, windowDaysOf(settings, kind))
    if (now < opensAt || moscowDay(now) < addDays(closesOn, -settings.remindDaysBefore)) continue
    const same = found.get(`${period} ${closesOn}`)
    if (same) same.kinds.push(kind)
    else found.set(`${period} ${closesOn}`, { period, closesOn, kinds: [kind] })
  }
  return [...found.values()]
}

function occasionOf({ period, closesOn, kinds }: ClosingWindow, now: Date): Occasion {
  return {
    kind: 'window',
    meters: missingMeters({ period, closesOn, kinds }, moscowDay(now)),
    write: (tx, { email, accountNumber, meters }) =>
      owe(tx, 'readings-reminder', email, {
        accountNumber,
        period,
        closesOn,
        meters: meters.map(({ words }) => words),
      }),
  }
}

/** Meters that wait for a reading: not automatic, not removed, verified, and some counter of them without a value. */
function missingMeters({ period, closesOn, kinds }: ClosingWindow, today: CalendarDay): SQL {
  return sql`
    select m.*, ${`${period} ${closesOn}`}::text as about from meters m
    where m.kind = any(${sql.param(kinds)}::text[]) and not m.automatic
      and m.installed_on <= ${today}::date and (m.removed_on is null or m.removed_on > ${today}::date)
      and (m.verified_until is null or m.verified_until >= ${today}::date)
      and (select count(*) from readings r where r.account_id = m.account_id and r.meter_id = m.id
        and r.period = ${period} and r.superseded_at is null) < m.registers`
}
