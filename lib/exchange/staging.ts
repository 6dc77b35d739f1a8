import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader, Tx } from '@/db/client'
import { type Period, period } from '@/lib/units/period'
import { layouts } from './layouts'
import type { ServiceSums } from './staged-sums'

/** A cell of the staging table as COPY takes it; amounts and quantities as text, to stay exact. */
export type Cell = string | number | bigint | null

/** A row of a file with the line it stands on. */
export interface Numbered<Row> {
  line: number
  row: Row
}

/** What the staging table of one kind of file is made of. */
export interface StagingShape<Row> {
  /** Column in SQL → its type, besides `line` and, where rows belong to an account, `account_id`. */
  columns: Readonly<Record<string, string>>
  /** A table the staging table is made like, so that it may become a part of it; it has all of `columns`. */
  like?: string
  /** A row in the order of those columns. */
  cells: (row: Row) => readonly Cell[]
  /** The account a row belongs to; without it rows belong to none. */
  account?: (row: Row) => string
  /** The service a row is about, where rows are staged with the id of one. */
  service?: (row: Row) => string
  /** What two rows of one file may not share, in SQL over the table, and the field a repetition is told of at. */
  key: Key<Row>
  /** The month a row is about, where rows are about months. */
  month?: (row: Row) => string
  /** The sums of a charge in kopecks, in the order of `layouts.charges.money`. */
  money?: (row: Row) => readonly bigint[]
}

const MONEY = layouts.charges.money
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** A cell as it is written in the text COPY takes. */
export function copied(cell: Cell): string {
  if (cell === null) return '\\N'
  if (typeof cell !== 'string') return String(cell)
  return /[\\\t\n\r]/.test(cell) ? cell.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign] ?? '') : cell
}

/** What makes a row the same row. */
export interface Key<Row> {
  /** In SQL over the staging table. */
  of: SQL
  /** The same as texts; two rows of one key have the same ones. */
  texts: (row: Row) => readonly string[]
  /** The field a repetition is told of at. */
  field: string
}

/** Name of the table the rows of an upload stand in between its check and its load. */
export function stagingTable(of: { number: number }): SQL {
  return sql`${sql.identifier(`staging_${of.number}`)}`
}

/** Name of the table of the services those rows name, by the ids they name them by. */
function servicesTable(of: { number: number }): SQL {
  return sql`${sql.identifier(`staging_${of.number}_services`)}`
}

/** Names of the tables of what those rows add up to, by account and month and by service. */
function sumsTables(of: { number: number }): { accounts: SQL; services: SQL } {
  const name = `staging_${of.number}`
  const named = (table: string) => sql`${sql.identifier(table)}`
  return { accounts: named(`${name}_sums`), services: named(`${name}_totals`) }
}

/** What the staging table has beside the columns of its kind. */
const OWN = {
  line: 'integer not null',
  account_number: 'text',
  reject_field: 'text',
  reject: 'text',
  repeated: 'boolean',
}

/**
 * Makes the empty staging table of an upload. It is unlogged, so a crash of the database empties it and the file is read
 * again; but not where it is to become part of a table. A row has `account_id` or, where the account is not known,
 * `account_number`.
 */
export async function openStaging<Row>(
  tx: Tx,
  of: { number: number; id: string },
  shape: StagingShape<Row>,
): Promise<void> {
  const { account, like } = shape
  const columns = { ...(account ? { account_id: 'bigint' } : {}), ...shape.columns, ...OWN }
  const listed = (all: object) => Object.entries(all).map(([name, type]) => `${name} ${type}`)
  const all = like ? [`like ${like} including defaults`, ...listed(OWN)] : listed(columns)
  await dropStaging(tx, of)
  await tx.execute(sql`
    create ${sql.raw(like ? '' : 'unlogged')} table ${stagingTable(of)} (${sql.raw(all.join(', '))})`)
  if (like)
    await tx.execute(sql`
      alter table ${stagingTable(of)} alter account_id drop not null,
        alter import_id set default ${sql.raw(`'${z.uuid().parse(of.id)}'`)}`)
  if (shape.service)
    await tx.execute(sql`create table ${servicesTable(of)} (id integer primary key, name text not null)`)
  // Rejected rows are few, and asked for again and again.
  await tx.execute(sql`create index on ${stagingTable(of)} (line) where reject is not null`)
}

export async function dropStaging(tx: Reader, of: { number: number }): Promise<void> {
  const sums = sumsTables(of)
  await tx.execute(sql`
    drop table if exists ${stagingTable(of)}, ${servicesTable(of)}, ${sums.accounts}, ${sums.services} cascade`)
}

/** Keeps by which ids the staged rows name their services. */
export async function keepServices(
  tx: Tx,
  of: { number: number },
  services: ReadonlyMap<string, number>,
): Promise<void> {
  for (const [name, id] of services)
    await tx.execute(sql`insert into ${servicesTable(of)} (id, name) values (${id}, ${name})`)
}

/**
 * Keeps what the staged rows add up to, none of which is to be rejected any more. Logged, unlike what can be read again: a
 * crash must not empty it while the rows stay.
 */
export async function keepSums(
  tx: Tx,
  of: { number: number },
  sums: { services: ReadonlyMap<string, ServiceSums> },
): Promise<{ copyFrom: string }> {
  const { accounts, services } = sumsTables(of)
  await tx.execute(sql`
    create table ${accounts} (account_id bigint not null, period char(7) not null, opening bigint not null,
      charged bigint not null, closing bigint not null, rows integer not null)`)
  const columns = MONEY.map((name) => `${name} numeric not null`).join(', ')
  await tx.execute(sql`
    create table ${services} (service_id integer primary key, rows bigint not null, ${sql.raw(columns)})`)
  for (const [service, { rows, money }] of sums.services)
    await tx.execute(sql`insert into ${services} values (${service}, ${rows}, ${sql.join(money, sql`, `)})`)
  return { copyFrom: `copy staging_${of.number}_sums from stdin` }
}

/** Whether the staging table is there with rows in it. */
export async function isStaged(tx: Reader, of: { number: number }): Promise<boolean> {
  if (!(await isThere(tx, `staging_${of.number}`))) return false
  const { rows: some } = await tx.execute(sql`select 1 from ${stagingTable(of)} limit 1`)
  return some.length > 0
}

async function isThere(tx: Reader, table: string): Promise<boolean> {
  const { rows } = await tx.execute(sql`select to_regclass(${table}) is not null as there`)
  return z.tuple([z.object({ there: z.boolean() })]).parse(rows)[0].there
}

/**
 * Shows the staged rows that are not rejected as `incoming` for the rest of the connection and, where rows are staged
 * with the ids of services, the services they were staged with as `incoming_services` (`id`, `name`). Of charges also what
 * they add up to: `incoming_sums` (`account_id`, `period`, `opening`, `charged`, `closing`, `rows`) and `incoming_totals`
 * (`service_id`, `rows` and every sum).
 */
export async function showIncoming<Row>(
  tx: Tx,
  of: { number: number },
  shape: StagingShape<Row>,
): Promise<void> {
  const table = stagingTable(of)
  await hideIncoming(tx)
  await tx.execute(
    sql`create temp view incoming as select ctid as lies_at, * from ${table} where reject is null`,
  )
  if (shape.service)
    await tx.execute(sql`create temp view incoming_services as select id, name from ${servicesTable(of)}`)
  if (shape.money) await showSums(tx, of)
}

/** As kept, or added up anew where rows have been rejected. */
async function showSums(tx: Tx, of: { number: number }): Promise<void> {
  const kept = await isThere(tx, `staging_${of.number}_sums`)
  const { accounts, services } = sumsTables(of)
  const sum = (names: readonly string[]) => sql.raw(names.map((name) => `sum(${name}) as ${name}`).join(', '))
  const [from, rows] = kept ? [accounts, sql`sum(rows)`] : [sql`incoming`, sql`count(*)`]
  await tx.execute(sql`
    create temp view incoming_sums as
    select account_id, period, ${sum(['opening', 'charged', 'closing'])}, ${rows} as rows from ${from} group by 1, 2`)
  await tx.execute(sql`
    create temp view incoming_totals as ${
      kept
        ? sql`select * from ${services}`
        : sql`select service_id, count(*) as rows, ${sum(MONEY)} from incoming group by 1`
    }`)
}

const periods = z.array(z.object({ period: z.string().transform(period) }))

/** The months the rows of `incoming` are about, the earliest first; of kinds whose rows are about months. */
export async function incomingMonths(tx: Tx): Promise<Period[]> {
  const { rows } = await tx.execute(sql`select distinct period from incoming order by 1`)
  return periods.parse(rows).map((row) => row.period)
}

async function hideIncoming(tx: Tx): Promise<void> {
  await tx.execute(sql`
    drop view if exists incoming, incoming_services, incoming_sums, incoming_totals cascade`)
}

/** Leaves of the rows of a staging table that is like another what belongs there: none that are rejected, no column of its own. */
export async function tidyStaging(tx: Tx, of: { number: number }): Promise<void> {
  await hideIncoming(tx)
  await tx.execute(sql`delete from ${stagingTable(of)} where reject is not null`)
  const drops = Object.keys(OWN).map((name) => `drop column ${name}`)
  await tx.execute(sql`
    alter table ${stagingTable(of)} ${sql.raw(drops.join(', '))}, alter import_id drop default`)
}
