import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { latestCharges, monthArray } from '@/lib/ledger/charges'
import type { Period } from '@/lib/units/period'
import type { Change } from './schema'
import { countChange, countOf } from './target'

/** What a file states about a charge, in the order of the staging table. */
export const columns = {
  unit: 'text',
  volume: 'numeric(19,7)',
  tariff: 'numeric(19,7)',
  basis: 'text',
  norm: 'numeric(19,7)',
  basis_count: 'numeric(19,7)',
  charged_from: 'date',
  penalty_base: 'bigint',
  penalty_days: 'smallint',
  penalty_rate: 'numeric(19,7)',
  opening: 'bigint',
  charged: 'bigint',
  recalculated: 'bigint',
  benefit: 'bigint',
  penalty: 'bigint',
  paid: 'bigint',
  closing: 'bigint',
} as const

const names = Object.keys(columns)
const of = (table: string) => sql.raw(`(${names.map((name) => `${table}.${name}`).join(', ')})`)
/** Whether the file states a charge `c` otherwise, as `i`. */
export const differs = sql`${of('c')} is distinct from ${of('i')}`

/** Whether nothing of any of the months has ever been loaded: then all rows are new, whatever they state. */
export async function areNew(tx: Tx, months: readonly Period[]): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select 1 from charges where period = any(${monthArray(months)}) limit 1`,
  )
  return rows.length === 0
}

/** Every incoming row `i` with its service `s`, if it is known, beside the latest version `c` of its charge, stated still or not. */
export function matched(months: readonly Period[]): SQL {
  return sql`incoming i
    join incoming_services n on n.id = i.service_id
    left join services s on s.name = n.name
    left join ${latestCharges(months)} c
      on c.account_id = i.account_id and c.period = i.period and c.service_id = s.id`
}

/** How many charges are new and how many the file states otherwise. */
export async function compareCharges(tx: Tx, months: readonly Period[]): Promise<Change> {
  if (await areNew(tx, months)) {
    const added = await countOf(tx, sql`select coalesce(sum(rows), 0) as count from incoming_sums`)
    return { what: 'Начисления', added, changed: 0, unchanged: 0 }
  }
  return countChange(
    tx,
    'Начисления',
    sql`select count(*) filter (where c.account_id is null or c.void) as added,
      count(*) filter (where not c.void and ${differs}) as changed, count(*) as all
    from ${matched(months)}`,
  )
}

/** How many charges of the file's months stand that the file does not name. */
export async function countAbsent(tx: Tx, months: readonly Period[]): Promise<number> {
  if (await areNew(tx, months)) return 0
  return countOf(
    tx,
    sql`select count(*) from ${latestCharges(months)} c where not c.void
      and not exists (select 1 from incoming i join incoming_services n on n.id = i.service_id
        join services s on s.name = n.name
        where i.account_id = c.account_id and i.period = c.period and s.id = c.service_id)`,
  )
}
