import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { meterKinds } from '@/db/schema'
import type { Staff } from '@/lib/session/require'
import { addDays, type CalendarDay, moscowDay } from '@/lib/units/day'
import { addMonths, dayOfPeriod, type Period, periodOf } from '@/lib/units/period'
import { type WindowDays, windowOf } from './window'
import { meterOrder, meterTitle } from './words'

/** Houses on a page of the board. */
const HOUSES = 100
/** Flats of a house that are listed; no house of a town has more. */
export const MOST_FLATS = 1_000

/** What a board is of. `begins` and `words` may be empty; `after` is the last house of the page before. */
export interface HouseFilter {
  period: Period
  /** How the address begins: «3-й микрорайон», «3 мкр». */
  begins: string
  /** Words of the address, one after another: «дом 7». */
  words: string
  after: string
}

/** Months one can choose from. */
const MONTHS = 13

/** The latest month whose window has opened and those before it, the latest first: what a board can be of. */
export function boardMonths(now: Date, days: WindowDays): [Period, ...Period[]] {
  const current = periodOf(moscowDay(now))
  const latest = now >= windowOf(current, days).opensAt ? current : addMonths(current, -1)
  return [latest, ...Array.from({ length: MONTHS - 1 }, (_, back) => addMonths(latest, -1 - back))]
}

/** How many accounts of a house have meters to be read in a month, sent all of them or not, and have one past its verification. */
export interface HouseRow {
  house: string
  all: number
  sent: number
  missing: number
  expired: number
}

/**
 * Houses with their counts for a month, at most 100, in the order of the street; houses without meters are left out. Reads
 * the accounts of these houses only, however many the company has. `next` is where the next page starts.
 */
export async function housesPage(
  _staff: Staff,
  filter: HouseFilter,
  now: Date,
): Promise<{ rows: HouseRow[]; next: string | undefined }> {
  const names = await houseNames(filter)
  const shown = names.slice(0, HOUSES)
  if (shown.length === 0) return { rows: [], next: undefined }
  const { rows } = await db().execute(sql`
    select house, count(*) filter (where due > 0)::int as all, count(*) filter (where due > 0 and missing = 0)::int as sent,
      count(*) filter (where missing > 0)::int as missing, count(*) filter (where expired > 0)::int as expired
    from (
      select a.id, a.house, count(*) filter (where due) as due, count(*) filter (where missing) as missing,
        count(*) filter (where expired) as expired
      from ${metersOf(sql`a.house in ${shown}`, filter.period, now)} group by a.id
    ) flats group by house having count(*) filter (where due + expired > 0) > 0`)
  const inOrder = z.array(houseRow).parse(rows).sort(byHouse)
  return { rows: inOrder, next: names.length > HOUSES ? shown.at(-1) : undefined }
}

const count = z.number()
const houseRow = z.object({ house: z.string(), all: count, sent: count, missing: count, expired: count })
const natural = new Intl.Collator('ru', { numeric: true })
const byHouse = (a: { house: string }, b: { house: string }) => natural.compare(a.house, b.house)

/** One house more than a page, by steps from house to house in the index. */
async function houseNames({ begins, words, after }: HouseFilter): Promise<string[]> {
  const { rows } = await db().execute(sql`
    with recursive step as (
      (select house from accounts where house > ${after} order by house limit 1)
      union all
      select (select a.house from accounts a where a.house > s.house order by a.house limit 1)
      from step s where s.house is not null
    )
    select house from step, folded(house) as address where house is not null
      and address ~ ('^' || ${phrase(begins)}) and address ~ ('(^| )' || ${phrase(words)})
    limit ${HOUSES + 1}`)
  return z
    .array(z.object({ house: z.string() }))
    .parse(rows)
    .map(({ house }) => house)
}

/** A pattern of words one after another, the last of them begun only; a number is whole. «3 микр» is «3-й микрорайон» too. */
const phrase = (text: string) => sql`(
  select replace(words, ' ', '( [a-z]{1,2})? ') || case when words ~ '[0-9][^ ]*$' then '( |$)' else '' end
  from folded(${text}) as words)`

/** A meter as the list of a house names it. */
export interface NamedMeter {
  title: string
  serial: string
}

/** A flat of a house from which readings are missing, or whose meter's verification has run out. No names. */
export interface FlatRow {
  accountNumber: string
  /** «кв. 41»; empty where the address is of the house as a whole. */
  flat: string
  missing: NamedMeter[]
  expired: NamedMeter[]
}

/** Flats of a house with the meters that nobody read in a month or that are past their verification; at most 1,000. */
export async function flatsOf(_staff: Staff, house: string, period: Period, now: Date): Promise<FlatRow[]> {
  const { rows } = await db().execute(sql`
    select a.account_number as "accountNumber", ltrim(substr(a.address, length(a.house) + 1), ', ') as flat,
      coalesce(json_agg(m) filter (where missing), '[]') as missing, coalesce(json_agg(m) filter (where expired), '[]') as expired
    from ${metersOf(sql`a.house = ${house} and (missing or expired)`, period, now)} group by a.id limit ${MOST_FLATS}`)
  const flats = z.array(flatRow).parse(rows)
  return flats.sort(
    (a, b) => natural.compare(a.flat, b.flat) || natural.compare(a.accountNumber, b.accountNumber),
  )
}

const meterList = z
  .array(z.object({ kind: z.enum(meterKinds), place: z.string(), serial: z.string() }))
  .transform((meters): NamedMeter[] =>
    meters.sort(meterOrder).map(({ kind, place, serial }) => ({ title: meterTitle(kind, place), serial })),
  )
const flatRow = z.object({
  accountNumber: z.string(),
  flat: z.string(),
  missing: meterList,
  expired: meterList,
})

/**
 * Accounts `a` that are open, their meters `m` that stand, and of each meter whether it is `due` a reading of the month,
 * `missing` it, `expired`. Of a month that is not over it is today that counts.
 */
function metersOf(which: SQL, period: Period, now: Date): SQL {
  const on = lastDayOf(period, moscowDay(now))
  return sql`accounts a
    join meters m on m.account_id = a.id and m.installed_on <= ${on}::date
      and (m.removed_on is null or m.removed_on > ${on}::date)
    left join readings r on r.account_id = a.id and r.meter_id = m.id and r.period = ${period}::char(7) and r.register = 1
      and r.superseded_at is null
    cross join lateral (select coalesce(m.verified_until < ${on}::date, false) as expired) verified
    cross join lateral (select not m.automatic and not expired as due) asked
    cross join lateral (select due and r.meter_id is null as missing) waits
    where ${which} and (a.closed_on is null or a.closed_on > ${on}::date)`
}

function lastDayOf(period: Period, today: CalendarDay): CalendarDay {
  const last = addDays(dayOfPeriod(addMonths(period, 1), 1), -1)
  return today < last ? today : last
}
