import { type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { readSettings } from '@/lib/settings/queries'
import { day } from '@/lib/units/day'
import { addMonths, type Period } from '@/lib/units/period'
import { periodFor, windowDaysOf } from './window'

/** Late files and corrections change months that have closed already: so many of them are reckoned again every night. */
const MONTHS = 3
/** Fewer flats would tell a neighbour's use. */
const FEWEST_FLATS = 10

/**
 * Reckons `typical_use` of the months closed last, each in one statement; doing so again changes nothing. A month needs
 * no rows of other months, so it costs the same however many years are stored.
 */
export async function reckonTypicalUse(now: Date): Promise<void> {
  const open = periodFor(now, windowDaysOf(await readSettings(db())))
  for (let back = 1; back <= MONTHS; back += 1) await reckonMonth(addMonths(open, -back))
}

/** Writes what flats used, and takes away what no longer stands on enough of them. */
async function reckonMonth(period: Period): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('statement_timeout', '10min', true), set_config('work_mem', '64MB', true)`,
    )
    await tx.execute(sql`
      with fresh as (${averages(period)}),
      gone as (
        delete from typical_use t where t.period = ${period} and not exists (
          select from fresh f where f.kind = t.kind and f.residents = t.residents)
      )
      insert into typical_use (period, kind, residents, flats, average)
      select ${period}, kind, residents, flats, average from fresh
      on conflict (period, kind, residents) do update set flats = excluded.flats, average = excluded.average
      where (typical_use.flats, typical_use.average) is distinct from (excluded.flats, excluded.average)`)
  })
}

/**
 * The mean of the middle nine tenths: one flat with a burst pipe, or a row of empty ones, would move a plain mean, and a
 * median of whole numbers jumps from month to month.
 */
function averages(period: Period): SQL {
  return sql`
    select kind, residents, count(*)::integer as flats, round(avg(used), 3) as average
    from (
      select kind, residents, used, count(*) over flats as total,
        row_number() over (partition by kind, residents order by used) as place
      from (${flats(period)}) used
      window flats as (partition by kind, residents)
    ) ordered
    where place > floor(total * 0.05) and place <= total - floor(total * 0.05)
    group by kind, residents
    having count(*) >= ${FEWEST_FLATS}`
}

/**
 * What every flat used in a month, by kind of meter. Only flats all of whose meters of the kind, every counter of them, were
 * read that month and the one before: one with a gap, or a new meter nobody knows the beginning of, would tell too little.
 */
function flats(period: Period): SQL {
  const start = day(`${period}-01`)
  const end = day(`${addMonths(period, 1)}-01`)
  return sql`
    select m.kind, a.residents, m.account_id,
      sum(n.value - b.value + case when n.value < b.value then 10::numeric ^ m.digits_before else 0 end) as used
    from meters m
    join (values (1), (2), (3)) as r(register) on r.register <= m.registers
    join accounts a on a.id = m.account_id and a.residents > 0
    left join readings n on n.account_id = m.account_id and n.meter_id = m.id and n.register = r.register
      and n.period = ${period} and n.superseded_at is null
    left join readings b on b.account_id = m.account_id and b.meter_id = m.id and b.register = r.register
      and b.period = ${addMonths(period, -1)} and b.superseded_at is null
    where m.installed_on < ${end} and (m.removed_on is null or m.removed_on >= ${start})
    group by m.kind, a.residents, m.account_id
    having bool_and(n.value is not null and b.value is not null and (n.value >= b.value or n.rolled_over))`
}
