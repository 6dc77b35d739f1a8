import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Period } from '@/lib/units/period'
import { areNew, columns, differs, matched } from './charges-comparison'
import type { Change } from './schema'
import { countOf, type Loading, StaleStagingError } from './target'

const list = sql.raw(['account_id', 'period', 'service_id', 'version', ...Object.keys(columns)].join(', '))

/**
 * Appends what the file states otherwise than it stands, as new versions. Then `touched_charges` holds which months of
 * which accounts that were.
 */
export async function appendCharges(tx: Tx, months: readonly Period[], loading: Loading): Promise<Change> {
  const fresh = await areNew(tx, months)
  await (fresh ? takeAll(tx) : findChanges(tx, months))
  const touching = fresh ? sql`incoming` : sql`changes`
  await tx.execute(sql`
    create temp table touched_charges on commit drop as select account_id, period from ${touching} group by 1, 2`)
  await tx.execute(sql`analyze touched_charges`)
  await requireAccounts(tx)
  const writer = new PartWriter(tx, loading, fresh ? loading.staged : 'found_changes')
  for (const month of months) await writer.append(month)
  if (fresh) return { what: 'Начисления', added: writer.rows, changed: 0, unchanged: 0 }
  const all = await countOf(tx, sql`select count(*) from incoming`)
  const changed = await countOf(tx, sql`select count(*) from changes where not added`)
  return { what: 'Начисления', added: writer.rows - changed, changed, unchanged: all - writer.rows }
}

/** No foreign key asks for every row; this asks once for every account. @throws StaleStagingError */
async function requireAccounts(tx: Tx): Promise<void> {
  const { rows } = await tx.execute(sql`
    select 1 from touched_charges t where not exists (select 1 from accounts a where a.id = t.account_id) limit 1`)
  if (rows.length > 0) throw new StaleStagingError()
}

// `changes` holds what is to be written: each row with the number of its version and `lies_in`, the block it lies in.

async function takeAll(tx: Tx): Promise<void> {
  await tx.execute(sql`
    create temp view changes as
    select i.lies_at as lies_in, i.*, s.id as service_id, 1 as version, true as added
    from incoming i join services s on s.name = i.service`)
}

async function findChanges(tx: Tx, months: readonly Period[]): Promise<void> {
  await tx.execute(sql`
    create temp table found_changes on commit drop as
    select i.*, s.id as service_id, coalesce(c.version, 0) + 1 as version, c.account_id is null or c.void as added
    from ${matched(months)} where c.account_id is null or c.void or ${differs}`)
  await tx.execute(sql`create temp view changes as select ctid as lies_in, * from found_changes`)
}

const BLOCKS_AT_ONCE = 4_000
const size = z.tuple([z.object({ blocks: z.coerce.number() })])

/** Writes `changes` part by part, so that staff see how far it is and can stop it. */
class PartWriter {
  rows = 0

  constructor(
    private readonly tx: Tx,
    private readonly loading: Loading,
    /** The table `changes` is made of. */
    private readonly source: string,
  ) {}

  /** Into the month's partition; one that is not there yet is filled first and indexed and attached then, which is faster. */
  async append(month: Period): Promise<void> {
    const name = `charges_${month.replace('-', '_')}`
    const table = sql.identifier(name)
    const { rows } = await this.tx.execute(sql`select 1 where to_regclass(${name}) is not null`)
    if (rows.length > 0) return this.copy(month, sql`charges`)
    await this.tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet charges partition'))`)
    await this.tx.execute(sql`create table ${table} (like charges including defaults including constraints)`)
    await this.copy(month, sql`${table}`)
    await this.tx.execute(sql`alter table ${table} add primary key (account_id, period, service_id, version)`)
    await this.tx.execute(sql`
      alter table charges attach partition ${table} for values in (${sql.raw(`'${month}'`)})`)
    await this.tx.execute(sql`analyze ${table}`)
  }

  private async copy(month: Period, table: SQL): Promise<void> {
    const { rows } = await this.tx.execute(sql`
      select pg_relation_size(${this.source}::regclass) / current_setting('block_size')::int as blocks`)
    const [{ blocks }] = size.parse(rows)
    for (let from = 0; from < blocks; from += BLOCKS_AT_ONCE) {
      const [start, end] = [`(${from},0)`, `(${from + BLOCKS_AT_ONCE},0)`]
      const { rowCount } = await this.tx.execute(sql`
        insert into ${table} (import_id, ${list}) select ${this.loading.importId}::uuid, ${list} from changes
        where period = ${month} and lies_in >= ${start}::tid and lies_in < ${end}::tid`)
      this.rows += rowCount ?? 0
      this.loading.written(this.rows)
    }
  }
}
