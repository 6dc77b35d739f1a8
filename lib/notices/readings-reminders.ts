import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { meterKinds } from '@/db/schema'
import { env } from '@/lib/env'
import { owe } from '@/lib/mail/owe'
import { oweText } from '@/lib/mail/owe-text'
import { currentTargets } from '@/lib/readings/queries'
import { windowDaysOf, windowOf } from '@/lib/readings/window'
import type { MeterKind } from '@/lib/readings/words'
import { readSettings } from '@/lib/settings/queries'
import { addDays, type CalendarDay, formatDay, moscowDay, startOfMoscowDay } from '@/lib/units/day'
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
 * A run that comes late still reminds, until the window has closed. @returns how many were told
 */
export async function remindOfReadings(now: Date): Promise<number> {
  let told = 0
  for (const window of await closingWindows(now)) told += await remind(occasionOf(window, now), now)
  return told
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
    write: async (tx, { email, phone, accountNumber, meters }) => {
      const words = meters.map((meter) => meter.words)
      if (email) await owe(tx, 'readings-reminder', email, { accountNumber, period, closesOn, meters: words })
      if (!phone) return
      const until = formatDay(closesOn, { year: false })
      const body = `Показания по счёту ${accountNumber} ждём до ${until}: ${env().PUBLIC_URL}/personal/readings`
      // An SMS that comes after the window has closed would be wrong.
      const expiresAt = startOfMoscowDay(addDays(closesOn, 1))
      await oweText(tx, { kind: 'readings', toPhone: phone, body, expiresAt })
    },
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
