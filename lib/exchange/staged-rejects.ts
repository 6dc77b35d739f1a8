import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { type StagingShape, stagingTable } from './staging'

/** Forgets what an earlier comparison rejected: the database may have changed since. */
export async function forgetRejects(tx: Tx, of: { number: number }): Promise<void> {
  await tx.execute(sql`
    update ${stagingTable(of)} set reject = null, reject_field = null where reject is not null and repeated is null`)
}

/** Marks lines of `incoming` as rejected; `found` yields `line`, `field`, `reason`. They are not in `incoming` any more. */
export async function expel(tx: Tx, found: SQL): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    update incoming i set reject = f.reason, reject_field = f.field from (${found}) f where f.line = i.line`)
  return rowCount ?? 0
}

/** Rejects, for good, staged rows that repeat an earlier row's key. */
export async function expelRepeated(
  tx: Tx,
  of: { number: number },
  key: { of: SQL; field: string },
): Promise<void> {
  const table = stagingTable(of)
  await tx.execute(sql`
    update ${table} s set repeated = true, reject_field = ${key.field}, reject = 'Такая строка в файле уже есть'
    from (
      select line, row_number() over (partition by ${key.of} order by line) as place from ${table} where reject is null
    ) n where n.line = s.line and n.place > 1`)
}

/** The key a profile names instead of what is usual; undefined when it names none, or fields the kind has not. */
export function keyNamed<Row>(
  shape: StagingShape<Row>,
  fields: readonly string[],
): { of: SQL; field: string } | undefined {
  const columns = fields.map((field) =>
    field === 'service' && shape.service
      ? 'service_id'
      : field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  )
  const known = new Set([...Object.keys(shape.columns), ...(shape.account ? ['account_number'] : [])])
  if (columns.length === 0 || !columns.every((column) => known.has(column))) return undefined
  const parts = columns.map((column) =>
    shape.account && column === 'account_number' ? ACCOUNT : sql`${sql.identifier(column)}`,
  )
  return { of: sql.join(parts, sql`, `), field: fields[0] ?? '' }
}

/** The account of a staged row as part of a key. */
export const ACCOUNT = sql`account_id, account_number`

/** Rows of accounts the database does not know; those that have come since the file was read are found now. */
export async function expelUnknownAccounts(tx: Tx): Promise<void> {
  await tx.execute(sql`
    update incoming i set account_id = a.id from accounts a
    where i.account_id is null and a.account_number = i.account_number`)
  await expel(
    tx,
    sql`
    select line, 'accountNumber' as field, 'Такого лицевого счёта нет: сначала загрузите файл счетов' as reason
    from incoming where account_id is null`,
  )
}
