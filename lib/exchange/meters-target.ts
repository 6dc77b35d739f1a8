import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { toDecimal } from '@/lib/units/quantity'
import {
  addReadings,
  compareReadings,
  expelLowerReadings,
  holdAccounts,
  spreadReadings,
  supersedeReadings,
} from './meter-readings'
import type { MeterRow } from './row-schema'
import { countChange, countOf, expelUnknownAccounts, type Target } from './staging'

const stated = sql`(i.kind, i.place, i.digits_before, i.digits_after, i.registers, i.removed_on, i.verified_until)`
const known = sql`(m.kind, m.place, m.digits_before, m.digits_after, m.registers, m.removed_on, m.verified_until)`
/** A meter may stand in several lines, one per month of its readings: the latest says what the meter is. */
const matched = sql`(
    select distinct on (account_number, serial, installed_on) * from incoming
    order by account_number, serial, installed_on, taken_on desc nulls last
  ) i
  join accounts a on a.account_number = i.account_number
  left join meters m on m.account_id = a.id and m.serial = i.serial and m.installed_on = i.installed_on`

/** Meters and their readings. */
export const metersTarget: Target<MeterRow> = {
  columns: `account_number text, serial text, kind text, place text, digits_before smallint, digits_after smallint,
    registers smallint, installed_on date, removed_on date, verified_until date, taken_on date,
    t1 numeric(19,7), t2 numeric(19,7), t3 numeric(19,7)`,
  record: (row) => ({
    account_number: row.accountNumber,
    serial: row.serial,
    kind: row.kind,
    place: row.place,
    digits_before: row.digitsBefore,
    digits_after: row.digitsAfter,
    registers: row.registers,
    installed_on: row.installedOn,
    removed_on: row.removedOn,
    verified_until: row.verifiedUntil,
    taken_on: row.takenOn,
    t1: row.t1 === null ? null : toDecimal(row.t1),
    t2: row.t2 === null ? null : toDecimal(row.t2),
    t3: row.t3 === null ? null : toDecimal(row.t3),
  }),
  expel: async (tx) => {
    const unknown = await expelUnknownAccounts(tx)
    await spreadReadings(tx)
    await holdAccounts(tx)
    return [...unknown, ...(await expelLowerReadings(tx))]
  },
  compare: async (tx) => [
    await countChange(
      tx,
      'Счётчики',
      sql`select count(*) filter (where m.id is null) as added,
        count(*) filter (where m.id is not null and ${known} is distinct from ${stated}) as changed,
        count(*) as all
      from ${matched}`,
    ),
    await compareReadings(tx),
  ],
  absent: (tx) =>
    countOf(
      tx,
      sql`select count(*) from meters m where not exists (
        select 1 from incoming i join accounts a on a.account_number = i.account_number
        where a.id = m.account_id and i.serial = m.serial and i.installed_on = m.installed_on)`,
    ),
  write: async (tx) => {
    await upsertMeters(tx)
    await supersedeReadings(tx)
    await addReadings(tx)
  },
}

async function upsertMeters(tx: Tx): Promise<void> {
  await tx.execute(sql`
    insert into meters (account_id, serial, kind, place, digits_before, digits_after, registers,
      installed_on, removed_on, verified_until)
    select a.id, i.serial, i.kind, i.place, i.digits_before, i.digits_after, i.registers,
      i.installed_on, i.removed_on, i.verified_until
    from ${matched}
    where m.id is null or ${known} is distinct from ${stated}
    on conflict (account_id, serial, installed_on) do update set kind = excluded.kind, place = excluded.place,
      digits_before = excluded.digits_before, digits_after = excluded.digits_after, registers = excluded.registers,
      removed_on = excluded.removed_on, verified_until = excluded.verified_until`)
}
