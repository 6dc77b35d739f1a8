import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { Period } from '@/lib/units/period'
import { tidyStaging } from './staging'
import type { Loading } from './target'

const nameOf = (month: Period) => `charges_${month.replace('-', '_')}`

/** Makes the empty table a month's charges are to lie in, not attached yet; undefined when the month has its partition. */
export async function openPartition(tx: Tx, month: Period): Promise<SQL | undefined> {
  if (!(await isMissing(tx, month))) return undefined
  const table = sql`${sql.identifier(nameOf(month))}`
  await tx.execute(sql`create table ${table} (like charges including defaults)`)
  return table
}

/**
 * Makes the staging table itself the partition of its month: nothing is written a second time. Not when the month has a
 * partition already, nor when services that were new to the check have come to be under other ids meanwhile; then it
 * tells so and does nothing.
 */
export async function adoptCharges(tx: Tx, month: Period, { number, staged }: Loading): Promise<boolean> {
  const { rows } = await tx.execute(sql`
    select 1 from incoming_services n join services s on s.name = n.name where s.id <> n.id limit 1`)
  if (rows.length > 0 || !(await isMissing(tx, month))) return false
  await tidyStaging(tx, { number })
  const table = sql`${sql.identifier(nameOf(month))}`
  await tx.execute(sql`alter table ${sql.identifier(staged)} rename to ${table}`)
  await attach(tx, month, table)
  return true
}

/** Gives a table of one month's charges its key and makes it the partition of that month. */
export async function attach(tx: Tx, month: Period, table: SQL): Promise<void> {
  await tx.execute(sql`alter table ${table} add primary key (account_id, period, service_id, version)`)
  await tx.execute(sql`
    alter table charges attach partition ${table} for values in (${sql.raw(`'${month}'`)})`)
}

async function isMissing(tx: Tx, month: Period): Promise<boolean> {
  const name = nameOf(month)
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet charges partition'))`)
  const { rows } = await tx.execute(sql`select 1 where to_regclass(${name}) is null`)
  return rows.length > 0
}
