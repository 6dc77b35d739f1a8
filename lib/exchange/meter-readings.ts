import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { keepBefore } from './before'
import type { Change } from './schema'
import { expel } from './staged-rejects'
import { countChange } from './target'

/** The reading in force for the register and month of an incoming one. */
const matched = sql`incoming_readings n
  left join meters m on m.account_id = n.account_id and m.serial = n.serial and m.installed_on = n.installed_on
  left join readings r on r.account_id = n.account_id and r.meter_id = m.id and r.period = n.period
    and r.register = n.register and r.superseded_at is null`

/**
 * Makes `incoming_readings` of `incoming`: one row per register that has a value. `from` yields `line`, `account_id`,
 * `serial`, `installed_on`, `digits_before`, `taken_on`, `t1`, `t2`, `t3`.
 */
export async function spreadReadings(tx: Tx, from: SQL): Promise<void> {
  await tx.execute(sql`drop table if exists incoming_readings`)
  await tx.execute(sql`
    create temp table incoming_readings on commit drop as
    select i.line, i.account_id, i.serial, i.installed_on, to_char(i.taken_on, 'YYYY-MM')::char(7) as period,
      t.register::smallint as register, t.value, i.taken_on, i.digits_before, false as rolled_over
    from (${from}) i
    cross join lateral (values (1, i.t1), (2, i.t2), (3, i.t3)) as t(register, value)
    where i.taken_on is not null and t.value is not null`)
  await tx.execute(sql`analyze incoming_readings`)
}

/**
 * Holds the accounts the incoming readings are for, so that readings residents send meanwhile
 * (`lib/readings/commands.ts`) come wholly before the load or wholly after it. In the order of their ids: no deadlock.
 */
export async function holdAccounts(tx: Tx): Promise<void> {
  await tx.execute(sql`
    select count(*) from (
      select id from accounts where id in (select account_id from incoming_readings) order by id for no key update
    ) held`)
}

/** Rejects rows whose reading billing has already taken for its month, and taken otherwise. */
export async function expelHandedReadings(tx: Tx): Promise<void> {
  await expel(
    tx,
    sql`
    select n.line, 'takenOn' as field, 'Показания за этот месяц уже переданы в биллинг: изменить их нельзя' as reason
    from ${matched} where n.period in (select period from handed_periods) and n.value is distinct from r.value`,
  )
  await dropExpelled(tx)
}

/**
 * Rejects rows whose reading is lower than the one of an earlier month. A counter that stood in its last tenth and
 * now stands in its first has passed its highest value: such a reading is kept and marked.
 */
export async function expelLowerReadings(tx: Tx): Promise<void> {
  // With a row gone, the one after it stands beside an earlier month, and may be lower than that.
  while ((await expelLowest(tx)) > 0) await dropExpelled(tx)
  await tx.execute(sql`
    update incoming_readings n set rolled_over = true from (${series}) s
    where s.line = n.line and s.register = n.register and s.value < s.previous and ${plausible}`)
}

function expelLowest(tx: Tx): Promise<number> {
  return expel(
    tx,
    sql`
    select s.line, 't' || min(s.register) as field, 'Показание меньше предыдущего' as reason from (${series}) s
    where s.line is not null and s.value < s.previous and not ${plausible} group by s.line`,
  )
}

async function dropExpelled(tx: Tx): Promise<void> {
  await tx.execute(sql`
    delete from incoming_readings n where not exists (select 1 from incoming i where i.line = n.line)`)
}

const plausible = sql`(s.previous >= 9 * 10::numeric ^ (s.digits_before - 1) and s.value < 10::numeric ^ (s.digits_before - 1))`

/** Incoming values and, of the same meters, what they began with and those in force for other months; each beside the one before it. */
const series = sql`
  select line, register, value, digits_before,
    lag(value) over (partition by account_id, serial, installed_on, register order by period) as previous
  from (
    select n.line, n.account_id, n.serial, n.installed_on, n.register, n.period, n.value, n.digits_before
    from incoming_readings n
    union all
    select null, r.account_id, m.serial, m.installed_on, r.register, r.period, r.value, m.digits_before
    from readings r join meters m on m.id = r.meter_id
    where r.superseded_at is null
      and (m.account_id, m.serial, m.installed_on) in
        (select account_id, serial, installed_on from incoming_readings)
      and not exists (
        select 1 from incoming_readings n where n.account_id = r.account_id and n.serial = m.serial
        and n.installed_on = m.installed_on and n.register = r.register and n.period = r.period)
    union all
    select null, m.account_id, m.serial, m.installed_on, t.register, '0000-00', t.value, m.digits_before
    from meters m cross join lateral (values (1, m.initial1), (2, m.initial2), (3, m.initial3)) as t(register, value)
    where t.value is not null and (m.account_id, m.serial, m.installed_on) in
      (select account_id, serial, installed_on from incoming_readings)
  ) every`

/** How many readings are new and how many differ from the one in force for their month. */
export function compareReadings(tx: Tx): Promise<Change> {
  return countChange(
    tx,
    'Показания',
    sql`select count(*) filter (where r.meter_id is null) as added,
      count(*) filter (where r.meter_id is not null and r.value <> n.value) as changed,
      count(*) as all
    from ${matched}`,
  )
}

/** Writes what differs: the value in force is superseded, the new one becomes the next version. */
export async function writeReadings(tx: Tx, importId: string): Promise<void> {
  const differing = sql`${matched} where r.value <> n.value`
  await keepBefore(tx, importId, 'readings', differing)
  await tx.execute(sql`
    update readings old set superseded_at = now() from ${differing} and old.account_id = r.account_id
      and old.meter_id = r.meter_id and old.period = r.period and old.register = r.register and old.version = r.version`)
  await tx.execute(sql`
    insert into readings (account_id, meter_id, period, register, version, value, rolled_over, taken_on, channel, import_id)
    select n.account_id, m.id, n.period, n.register,
      coalesce((select max(v.version) from readings v where v.account_id = n.account_id and v.meter_id = m.id
        and v.period = n.period and v.register = n.register), 0) + 1,
      n.value, n.rolled_over, n.taken_on, 'import', ${importId}::uuid
    from ${matched}
    where r.meter_id is null`)
}
