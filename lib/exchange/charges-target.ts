import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import { toDecimal } from '@/lib/units/quantity'
import type { ChargeRow } from './row-schema'
import { serviceSort } from './rules'
import { countChange, countOf, expelUnknownAccounts, type Target } from './staging'

const stated = sql`(i.unit, i.volume, i.tariff, i.opening, i.charged, i.recalculated, i.benefit, i.penalty, i.paid, i.closing)`
const known = sql`(c.unit, c.volume, c.tariff, c.opening, c.charged, c.recalculated, c.benefit, c.penalty, c.paid, c.closing)`
const matched = sql`incoming i
  join accounts a on a.account_number = i.account_number
  left join services s on s.name = i.service
  left join charges c on c.account_id = a.id and c.period = i.period and c.service_id = s.id`

/** Charges and balances by service and period. */
export const chargesTarget: Target<ChargeRow> = {
  columns: `account_number text, period char(7), service text, unit text, volume numeric(19,7), tariff numeric(19,7),
    opening bigint, charged bigint, recalculated bigint, benefit bigint, penalty bigint, paid bigint, closing bigint`,
  record: (row) => ({
    account_number: row.accountNumber,
    period: row.period,
    service: row.service,
    unit: row.unit,
    volume: row.volume === null ? null : toDecimal(row.volume),
    tariff: row.tariff === null ? null : toDecimal(row.tariff),
    opening: row.opening.toString(),
    charged: row.charged.toString(),
    recalculated: row.recalculated.toString(),
    benefit: row.benefit.toString(),
    penalty: row.penalty.toString(),
    paid: row.paid.toString(),
    closing: row.closing.toString(),
  }),
  expel: expelUnknownAccounts,
  compare: async (tx) => [
    await countChange(
      tx,
      'Начисления',
      sql`select count(*) filter (where c.account_id is null) as added,
        count(*) filter (where c.account_id is not null and ${known} is distinct from ${stated}) as changed,
        count(*) as all
      from ${matched}`,
    ),
  ],
  absent: (tx) =>
    countOf(
      tx,
      sql`select count(*) from charges c
        where c.period in (select distinct period from incoming)
        and not exists (
          select 1 from incoming i
          join accounts a on a.account_number = i.account_number
          join services s on s.name = i.service
          where a.id = c.account_id and s.id = c.service_id and i.period = c.period)`,
    ),
  write: async (tx) => {
    await addServices(tx)
    await upsertCharges(tx)
  },
}

const names = z.array(z.object({ service: z.string() }))

async function addServices(tx: Tx): Promise<void> {
  const { rows } = await tx.execute(sql`
    select distinct i.service from incoming i
    where not exists (select 1 from services s where s.name = i.service) order by 1`)
  for (const { service } of names.parse(rows)) {
    await tx.execute(sql`insert into services (name, sort) values (${service}, ${serviceSort(service)})`)
  }
}

async function upsertCharges(tx: Tx): Promise<void> {
  await tx.execute(sql`
    insert into charges (account_id, period, service_id, unit, volume, tariff,
      opening, charged, recalculated, benefit, penalty, paid, closing)
    select a.id, i.period, s.id, i.unit, i.volume, i.tariff,
      i.opening, i.charged, i.recalculated, i.benefit, i.penalty, i.paid, i.closing
    from ${matched}
    where c.account_id is null or ${known} is distinct from ${stated}
    on conflict (account_id, period, service_id) do update set unit = excluded.unit, volume = excluded.volume,
      tariff = excluded.tariff, opening = excluded.opening, charged = excluded.charged,
      recalculated = excluded.recalculated, benefit = excluded.benefit, penalty = excluded.penalty,
      paid = excluded.paid, closing = excluded.closing`)
}
