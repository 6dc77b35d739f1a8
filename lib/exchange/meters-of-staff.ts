import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Finding } from './schema'

/** In SQL over a meter `r`: staff wrote it last, not an import. */
export const BY_STAFF = 'r.id is not null and r.import_id is null'

/** How far apart, in days, billing and staff may put the installation of one meter. */
const APART = 92

/**
 * A meter staff opened, which billing brings with another day of installation, is that meter: its rows take the day staff
 * know. Only where nothing else could be meant: the account has one such meter of that number, the file tells one day of it,
 * and the days lie within three months. Safe to repeat.
 */
export async function meetStaffsMeters(tx: Tx): Promise<void> {
  await tx.execute(sql`drop table if exists met_meters`)
  await tx.execute(sql`
    create temp table met_meters on commit drop as
      select f.account_id, f.serial, f.installed_on as told, min(r.installed_on) as installed_on
      from (select distinct account_id, serial, installed_on, kind from incoming) f
      join meters r on r.account_id = f.account_id and r.serial = f.serial and r.kind = f.kind
        and ${sql.raw(BY_STAFF)} and abs(r.installed_on - f.installed_on) <= ${APART}
      where not exists (select 1 from meters x where x.account_id = f.account_id and x.serial = f.serial
          and x.installed_on = f.installed_on)
        and not exists (select 1 from incoming o where o.account_id = f.account_id and o.serial = f.serial
          and o.installed_on <> f.installed_on)
      group by f.account_id, f.serial, f.installed_on having count(*) = 1`)
  await tx.execute(sql`
    update incoming n set installed_on = met.installed_on from met_meters met
    where n.account_id = met.account_id and n.serial = met.serial and n.installed_on = met.told`)
}

const KEPT = 'Сведения об этом счётчике внёс сотрудник, в файле другие. Оставлены внесённые сотрудником.'
const TWICE =
  'На этом счёте уже есть счётчик с таким номером и другим днём установки. Проверьте, не один ли это счётчик.'

const MET = 'День установки здесь другой. Счётчик тот же: остался день, который внёс сотрудник.'

const found = z.array(z.object({ line: z.number(), why: z.enum(['kept', 'twice', 'met']) }))
const words = { kept: KEPT, twice: TWICE, met: MET }

/** Meters whose facts in the file differ from what staff entered, and those that may be one meter told twice. */
export async function meterWarnings(tx: Tx): Promise<Finding[]> {
  const { rows } = await tx.execute(sql`
    select min(f.line)::int as line, 'kept' as why
    from incoming f join meters r on r.account_id = f.account_id and r.serial = f.serial and r.installed_on = f.installed_on
    where ${sql.raw(BY_STAFF)} and ((f.kind, f.place, f.digits_before, f.digits_after, f.registers)
        is distinct from (r.kind, r.place, r.digits_before, r.digits_after, r.registers)
      or r.removed_on is distinct from coalesce(f.removed_on, r.removed_on) or f.removed_on is null and r.removed_on is not null
      or f.verified_until < r.verified_until)
    group by r.id
    union all
    select min(f.line)::int, 'twice'
    from incoming f join meters r on r.account_id = f.account_id and r.serial = f.serial and r.kind = f.kind
      and r.installed_on <> f.installed_on and ${sql.raw(BY_STAFF)} and r.removed_on is null
    where f.removed_on is null and not exists (select 1 from meters x where x.account_id = f.account_id
      and x.serial = f.serial and x.installed_on = f.installed_on)
    group by f.account_id, f.serial, f.installed_on
    union all
    select min(f.line)::int, 'met' from incoming f join met_meters met using (account_id, serial, installed_on)
    group by met.account_id, met.serial
    order by line limit 300`)
  return found.parse(rows).map(({ line, why }) => ({ line, column: '', reason: words[why] }))
}
