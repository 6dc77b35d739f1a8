import { sql } from 'drizzle-orm'
import { toDecimal } from '@/lib/units/quantity'
import { keepBefore } from './before'
import type { TariffRow } from './row-schema'
import { addServices } from './services'
import { countChange, countOf, type Target } from './target'

const matched = sql`incoming i
  left join services s on s.name = i.service
  left join tariffs r on r.service_id = s.id and r.valid_from = i.valid_from`
const differs = sql`(r.unit, r.price, r.norm, r.norm_per) is distinct from (i.unit, i.price, i.norm, i.norm_per)`

/** Tariffs and norms by service and the day they are in force from. */
export const tariffsTarget: Target<TariffRow> = {
  columns: {
    service: 'text',
    unit: 'text',
    valid_from: 'date',
    price: 'numeric(19,7)',
    norm: 'numeric(19,7)',
    norm_per: 'text',
  },
  cells: (row) => [
    row.service,
    row.unit,
    row.validFrom,
    toDecimal(row.price),
    row.norm === null ? null : toDecimal(row.norm),
    row.normPer,
  ],
  key: { of: sql`service, valid_from`, texts: (row) => [row.service, row.validFrom], field: 'service' },
  expel: async () => undefined,
  compare: async (tx) => [
    await countChange(
      tx,
      'Тарифы и нормативы',
      sql`select count(*) filter (where r.id is null) as added,
        count(*) filter (where r.id is not null and ${differs}) as changed, count(*) as all
      from ${matched}`,
    ),
  ],
  absent: (tx) =>
    countOf(
      tx,
      sql`select count(*) from tariffs t join services s on s.id = t.service_id
        where not exists (select 1 from incoming i where i.service = s.name and i.valid_from = t.valid_from)`,
    ),
  write: async (tx, incoming, { importId }) => {
    const changes = await tariffsTarget.compare(tx, incoming)
    await addServices(tx, sql`select distinct null::integer as id, service as name from incoming`)
    await keepBefore(tx, importId, 'tariffs', sql`${matched} where r.id is not null and ${differs}`)
    await tx.execute(sql`
      insert into tariffs (service_id, valid_from, unit, price, norm, norm_per, import_id)
      select s.id, i.valid_from, i.unit, i.price, i.norm, i.norm_per, ${importId}::uuid
      from ${matched} where r.id is null or ${differs}
      on conflict (service_id, valid_from) do update set unit = excluded.unit, price = excluded.price,
        norm = excluded.norm, norm_per = excluded.norm_per, import_id = excluded.import_id`)
    return changes
  },
}
