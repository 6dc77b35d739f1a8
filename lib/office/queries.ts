import { desc, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters, textMessages } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import type { Settings } from '@/lib/settings/schema'
import { moscowDay } from '@/lib/units/day'
import { type CalendarYear, calendarOf, productionCalendar } from '@/lib/units/production-calendar'
import { calendarLoaded } from '@/lib/units/workdays'

/** What waits in a channel. */
export interface Waiting {
  count: number
  since: Date | null
  /** The transport's code of the last thing that went wrong with what waits. */
  lastError: string | null
}

/** Letters and SMS that wait to be sent. */
export async function waitingMessages(_staff: Staff): Promise<{ letters: Waiting; texts: Waiting }> {
  const [waitingLetters, waitingTexts] = await Promise.all([waitingIn(letters), waitingIn(textMessages)])
  return { letters: waitingLetters, texts: waitingTexts }
}

async function waitingIn(table: typeof letters | typeof textMessages): Promise<Waiting> {
  const [[waiting], [failed]] = await Promise.all([
    db()
      .select({
        count: sql`count(*)`.mapWith(Number),
        since: sql`min(${table.createdAt})`.mapWith(table.createdAt),
      })
      .from(table)
      .where(isNull(table.sentAt)),
    db()
      .select({ lastError: table.lastError })
      .from(table)
      .where(sql`${table.sentAt} is null and ${table.lastError} is not null`)
      .orderBy(desc(table.createdAt))
      .limit(1),
  ])
  return { count: waiting?.count ?? 0, since: waiting?.since ?? null, lastError: failed?.lastError ?? null }
}

/** A year staff can rely on, and where it is from. */
export interface KnownYear extends CalendarYear {
  year: number
  /** Loaded by staff; else the service came with it. */
  loaded: boolean
}

/** The years whose production calendar is known, the newest first. */
export function knownYears({ calendars }: Settings): KnownYear[] {
  const years = new Set([...productionCalendar.keys(), ...Object.keys(calendars).map(Number)])
  return [...years]
    .sort((a, b) => b - a)
    .flatMap((year) => {
      const days = calendarOf(year)
      return days ? [{ year, ...days, loaded: String(year) in calendars }] : []
    })
}

/** Of this year and the next those whose calendar is not loaded. */
export function missingYears(now: Date): number[] {
  const year = Number(moscowDay(now).slice(0, 4))
  return [year, year + 1].filter((one) => !calendarLoaded(one))
}
