import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { toDecimal } from '@/lib/units/quantity'
import { keepBefore } from './before'
import {
  compareReadings,
  expelHandedReadings,
  expelLowerReadings,
  holdAccounts,
  spreadReadings,
  writeReadings,
} from './meter-readings'
import { BY_STAFF, meetStaffsMeters, meterWarnings } from './meters-of-staff'
import type { MeterRow } from './row-schema'
import { ACCOUNT, expelUnknownAccounts } from './staged-rejects'
import { countChange, countOf, type Target } from './target'

const ours = (name: string) => `case when ${BY_STAFF} then r.${name} else f.${name} end as ${name}`
const names = ['kind', 'place', 'digits_before', 'digits_after', 'registers', 'removed_on', 'verified_until']
const of = (table: string) => sql.raw(`(${names.map((name) => `${table}.${name}`).join(', ')})`)
const differs = sql`${of('r')} is distinct from ${of('i')}`
/** A meter may stand in several lines, one per month of its readings: the latest says what the meter is. */
const latest = sql`(
    select distinct on (account_id, serial, installed_on) * from incoming
    order by account_id, serial, installed_on, taken_on desc nulls last
  ) f
  left join meters r on r.account_id = f.account_id and r.serial = f.serial and r.installed_on = f.installed_on`
const merged = sql`(
    select f.account_id, f.serial, f.installed_on, f.line, ${sql.raw(names.slice(0, 5).map(ours).join(', '))},
      case when ${sql.raw(BY_STAFF)} or exists (select 1 from meters s where s.account_id = r.account_id and s.replaces = r.id)
        then coalesce(r.removed_on, f.removed_on) else f.removed_on end as removed_on,
      case when ${sql.raw(BY_STAFF)} then greatest(r.verified_until, f.verified_until) else f.verified_until end as verified_until
    from ${latest}
  ) i`
/**
 * What the file makes of a meter, beside the meter. One that staff wrote last keeps what they wrote: of it billing may
 * tell a day of removal that is not known yet and a later verification. Nothing takes a replaced meter back.
 */
const matched = sql`${merged}
  left join meters r on r.account_id = i.account_id and r.serial = i.serial and r.installed_on = i.installed_on`
const decimal = (value: MeterRow['t1']) => (value === null ? null : toDecimal(value))

/** Meters and their readings. */
export const metersTarget: Target<MeterRow> = {
  columns: {
    serial: 'text',
    kind: 'text',
    place: 'text',
    digits_before: 'smallint',
    digits_after: 'smallint',
    registers: 'smallint',
    installed_on: 'date',
    removed_on: 'date',
    verified_until: 'date',
    taken_on: 'date',
    t1: 'numeric(19,7)',
    t2: 'numeric(19,7)',
    t3: 'numeric(19,7)',
  },
  account: (row) => row.accountNumber,
  cells: (row) => [
    row.serial,
    row.kind,
    row.place,
    row.digitsBefore,
    row.digitsAfter,
    row.registers,
    row.installedOn,
    row.removedOn,
    row.verifiedUntil,
    row.takenOn,
    decimal(row.t1),
    decimal(row.t2),
    decimal(row.t3),
  ],
  // A meter may bring several readings, one a month.
  key: {
    of: sql`${ACCOUNT}, serial, installed_on, to_char(taken_on, 'YYYY-MM')`,
    texts: (row) => [row.accountNumber, row.serial, row.installedOn, row.takenOn?.slice(0, 7) ?? ''],
    field: 'accountNumber',
  },
  expel: async (tx, { unknownAccounts }, loading) => {
    if (unknownAccounts) await expelUnknownAccounts(tx)
    await meetStaffsMeters(tx)
    await spreadReadings(tx, sql`select * from incoming`)
    if (loading) await holdAccounts(tx)
    await expelHandedReadings(tx)
    await expelLowerReadings(tx)
  },
  compare: async (tx) => [
    await countChange(
      tx,
      'Счётчики',
      sql`select count(*) filter (where r.id is null) as added,
        count(*) filter (where r.id is not null and ${differs}) as changed, count(*) as all
      from ${matched}`,
    ),
    await compareReadings(tx),
  ],
  warnings: meterWarnings,
  absent: (tx) =>
    countOf(
      tx,
      sql`select count(*) from meters m where not exists (
        select 1 from incoming i
        where i.account_id = m.account_id and i.serial = m.serial and i.installed_on = m.installed_on)`,
    ),
  write: async (tx, incoming, { importId }) => {
    const changes = await metersTarget.compare(tx, incoming)
    await upsertMeters(tx, importId)
    await writeReadings(tx, importId)
    return changes
  },
}

async function upsertMeters(tx: Tx, importId: string): Promise<void> {
  await keepBefore(tx, importId, 'meters', sql`${matched} where r.id is not null and ${differs}`)
  const list = sql.raw(names.join(', '))
  const values = sql.raw(names.map((name) => `i.${name}`).join(', '))
  const set = sql.raw(names.map((name) => `${name} = excluded.${name}`).join(', '))
  await tx.execute(sql`
    insert into meters (account_id, serial, installed_on, import_id, ${list})
    select i.account_id, i.serial, i.installed_on, ${importId}::uuid, ${values}
    from ${matched} where r.id is null or ${differs}
    on conflict (account_id, serial, installed_on) do update set ${set}, import_id = excluded.import_id`)
}
