import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { toDecimal } from '@/lib/units/quantity'
import {
  compareReadings,
  expelHandedReadings,
  expelLowerReadings,
  holdAccounts,
  spreadReadings,
  writeReadings,
} from './meter-readings'
import type { ReadingRow } from './row-schema'
import { ACCOUNT, expel, expelUnknownAccounts } from './staged-rejects'
import type { Target } from './target'

/** The meter of that number that stood there on the day: of several, the one installed last. */
const matched = sql`incoming i left join lateral (
    select m.* from meters m where m.account_id = i.account_id and m.serial = i.serial and m.installed_on <= i.taken_on
    order by m.installed_on desc limit 1
  ) m on true`
const decimal = (value: ReadingRow['t2']) => (value === null ? null : toDecimal(value))

/** Readings taken elsewhere: by inspectors, by telephone. */
export const readingsTarget: Target<ReadingRow> = {
  columns: {
    serial: 'text',
    taken_on: 'date',
    t1: 'numeric(19,7)',
    t2: 'numeric(19,7)',
    t3: 'numeric(19,7)',
  },
  account: (row) => row.accountNumber,
  cells: (row) => [row.serial, row.takenOn, decimal(row.t1), decimal(row.t2), decimal(row.t3)],
  key: {
    of: sql`${ACCOUNT}, serial, to_char(taken_on, 'YYYY-MM')`,
    texts: (row) => [row.accountNumber, row.serial, row.takenOn.slice(0, 7)],
    field: 'serial',
  },
  expel: async (tx, { unknownAccounts }, loading) => {
    if (unknownAccounts) await expelUnknownAccounts(tx)
    await expelUnfit(tx)
    await spreadReadings(tx, sql`select i.*, m.installed_on, m.digits_before from ${matched}`)
    if (loading) await holdAccounts(tx)
    await expelHandedReadings(tx)
    await expelLowerReadings(tx)
  },
  compare: async (tx) => [await compareReadings(tx)],
  absent: async () => 0,
  write: async (tx, incoming, { importId }) => {
    const changes = await readingsTarget.compare(tx, incoming)
    await writeReadings(tx, importId)
    return changes
  },
}

/** Readings of a meter that is not there, or that it cannot show. */
async function expelUnfit(tx: Tx): Promise<void> {
  await expel(
    tx,
    sql`
    select i.line, fault.field, fault.reason
    from ${matched} cross join lateral (
      select v.field, v.reason from (values
        (1, m.id is null, 'serial', 'На этом счёте нет такого счётчика'),
        (2, m.removed_on < i.taken_on, 'takenOn', 'Счётчик снят раньше этого дня'),
        (3, i.t1 is null, 't1', 'Нет показания этого тарифа'),
        (4, m.registers >= 2 and i.t2 is null, 't2', 'Нет показания этого тарифа'),
        (5, m.registers >= 3 and i.t3 is null, 't3', 'Нет показания этого тарифа'),
        (6, m.registers < 2 and i.t2 is not null, 't2', 'Такого тарифа у счётчика нет'),
        (7, m.registers < 3 and i.t3 is not null, 't3', 'Такого тарифа у счётчика нет'),
        (8, i.t1 >= 10::numeric ^ m.digits_before, 't1', 'Больше, чем помещается на счётчике'),
        (9, i.t2 >= 10::numeric ^ m.digits_before, 't2', 'Больше, чем помещается на счётчике'),
        (10, i.t3 >= 10::numeric ^ m.digits_before, 't3', 'Больше, чем помещается на счётчике')
      ) as v(place, holds, field, reason) where v.holds order by v.place limit 1
    ) fault`,
  )
}
