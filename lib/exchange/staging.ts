import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Numbered } from './layouts'
import type { Change } from './schema'

/** Where the rows of one kind of file go. All work on the table `incoming`, which lives as long as the transaction. */
export interface Target<Row> {
  /** Columns of `incoming` in SQL, without the line. */
  columns: string
  /** A row as those columns take it; amounts and quantities as text, to stay exact. */
  record: (row: Row) => Record<string, string | number | null>
  /** Takes rows out of `incoming` that cannot be loaded into this database; which lines, and why. */
  expel: (tx: Tx) => Promise<{ line: number; field: string; reason: string }[]>
  /** What loading would change. */
  compare: (tx: Tx) => Promise<Change[]>
  /** How many records of the same scope are in the database and not in the file; they stay as they are. */
  absent: (tx: Tx) => Promise<number>
  write: (tx: Tx) => Promise<void>
}

/** Makes the empty table `incoming` for a kind of file. */
export async function openStaging<Row>(tx: Tx, target: Target<Row>): Promise<void> {
  await tx.execute(sql`drop table if exists incoming`)
  await tx.execute(
    sql.raw(`create temp table incoming (line integer not null, ${target.columns}) on commit drop`),
  )
}

/** Adds rows to `incoming`, set-based. */
export async function stage<Row>(tx: Tx, target: Target<Row>, rows: Numbered<Row>[]): Promise<void> {
  if (rows.length === 0) return
  const records = JSON.stringify(rows.map(({ line, row }) => ({ line, ...target.record(row) })))
  const shape = sql.raw(`line integer, ${target.columns}`)
  await tx.execute(sql`insert into incoming select * from json_to_recordset(${records}::json) as r(${shape})`)
}

/** Tells the planner how much was staged. */
export async function closeStaging(tx: Tx): Promise<void> {
  await tx.execute(sql`analyze incoming`)
}

const expelled = z.array(z.object({ line: z.number() }))

/** Takes rows of accounts the database does not know out of `incoming`. */
export async function expelUnknownAccounts(
  tx: Tx,
): Promise<{ line: number; field: string; reason: string }[]> {
  const { rows } = await tx.execute(sql`
    delete from incoming i
    where not exists (select 1 from accounts a where a.account_number = i.account_number)
    returning i.line`)
  return expelled.parse(rows).map(({ line }) => ({
    line,
    field: 'accountNumber',
    reason: 'Такого лицевого счёта нет: сначала загрузите файл счетов',
  }))
}

const counted = z.tuple([
  z.object({ added: z.coerce.number(), changed: z.coerce.number(), all: z.coerce.number() }),
])

/** Reads one row of counts `added`, `changed`, `all`. */
export async function countChange(tx: Tx, what: string, query: ReturnType<typeof sql>): Promise<Change> {
  const { rows } = await tx.execute(query)
  const [{ added, changed, all }] = counted.parse(rows)
  return { what, added, changed, unchanged: all - added - changed }
}

const one = z.tuple([z.object({ count: z.coerce.number() })])

/** Reads a single `count`. */
export async function countOf(tx: Tx, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await tx.execute(query)
  return one.parse(rows)[0].count
}
