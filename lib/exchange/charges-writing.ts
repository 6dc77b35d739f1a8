import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Period } from '@/lib/units/period'
import { areNew, columns, differs, matched } from './charges-comparison'
import { adoptCharges, attach, openPartition } from './charges-partition'
import type { Change } from './schema'
import { countOf, type Loading, StaleStagingError } from './target'

const figures = Object.keys(columns)
const list = sql.raw(['account_id', 'period', 'service_id', 'version', ...figures].join(', '))
const stated = sql.raw(['account_id', 'period', ...figures].map((name) => `i.${name}`).join(', '))

/** What a load changed, and the months for which `touched_charges` holds the sums of the accounts. */
interface Appended {
  change: Change
  summed: readonly Period[]
}

/**
 * Appends what the file states otherwise than it stands, as new versions. Then `touched_charges` holds which months of
 * which accounts that were.
 */
export async function appendCharges(tx: Tx, months: readonly Period[], loading: Loading): Promise<Appended> {
  if (await areNew(tx, months)) return { change: await appendAll(tx, months, loading), summed: months }
  return { change: await appendChanges(tx, months, loading), summed: [] }
}

async function appendAll(tx: Tx, months: readonly Period[], loading: Loading): Promise<Change> {
  const [month, ...others] = months
  await touch(tx, sql`select account_id, period, opening, closing, rows from incoming_sums`)
  const adopted = month && others.length === 0 && (await adoptCharges(tx, month, loading))
  if (!adopted) {
    await tx.execute(sql`
      create temp view changes as
      select i.lies_at as lies_in, ${stated}, s.id as service_id, 1 as version
      from incoming i join incoming_services n on n.id = i.service_id join services s on s.name = n.name`)
    await new PartWriter(tx, loading, loading.staged).appendMonths(months)
  }
  const added = await countOf(tx, sql`select coalesce(sum(rows), 0) as count from touched_charges`)
  loading.written(added)
  return { what: 'Начисления', added, changed: 0, unchanged: 0 }
}

async function appendChanges(tx: Tx, months: readonly Period[], loading: Loading): Promise<Change> {
  await tx.execute(sql`
    create temp table found_changes on commit drop as
    select ${stated}, s.id as service_id, coalesce(c.version, 0) + 1 as version,
      c.account_id is null or c.void as added
    from ${matched(months)} where c.account_id is null or c.void or ${differs}`)
  await tx.execute(sql`create temp view changes as select ctid as lies_in, * from found_changes`)
  await touch(tx, sql`select account_id, period from changes group by 1, 2`)
  const writer = new PartWriter(tx, loading, 'found_changes')
  await writer.appendMonths(months)
  const all = await countOf(tx, sql`select count(*) from incoming`)
  const changed = await countOf(tx, sql`select count(*) from changes where not added`)
  return { what: 'Начисления', added: writer.rows - changed, changed, unchanged: all - writer.rows }
}

/** No foreign key asks for every row; this asks once for every account. @throws StaleStagingError */
async function touch(tx: Tx, months: SQL): Promise<void> {
  await tx.execute(sql`create temp table touched_charges on commit drop as ${months}`)
  await tx.execute(sql`analyze touched_charges`)
  const { rows } = await tx.execute(sql`
    select 1 from touched_charges t where not exists (select 1 from accounts a where a.id = t.account_id) limit 1`)
  if (rows.length > 0) throw new StaleStagingError()
}

const BLOCKS_AT_ONCE = 4_000
const size = z.tuple([z.object({ blocks: z.coerce.number() })])

/**
 * Writes `changes` part by part, so that staff see how far it is and can stop it. They are what is to be written: each
 * row with the number of its version and `lies_in`, the place it lies at in `source`.
 */
class PartWriter {
  rows = 0

  constructor(
    private readonly tx: Tx,
    private readonly loading: Loading,
    /** The table `changes` is made of. */
    private readonly source: string,
  ) {}

  /** Into the months' partitions; one that is not there yet is filled first and indexed and attached then, which is faster. */
  async appendMonths(months: readonly Period[]): Promise<void> {
    for (const month of months) {
      const fresh = await openPartition(this.tx, month)
      await this.copy(month, fresh ?? sql`charges`)
      if (!fresh) continue
      await attach(this.tx, month, fresh)
      await this.tx.execute(sql`analyze ${fresh}`)
    }
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
