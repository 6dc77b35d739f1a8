import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'

// The values of accounts as a file states them stand in `incoming` of the caller's connection.
const names = [
  'holder_name',
  'address',
  'phone',
  'area',
  'residents',
  'opened_on',
  'closed_on',
  'unified_account',
] as const
const known = sql.raw(`(${names.map((name) => `r.${name}`).join(', ')})`)
/** Few files give the ЕЛС: one that is blank says nothing about it. */
const statedOf = (name: string) =>
  name === 'unified_account' ? 'coalesce(i.unified_account, r.unified_account)' : `i.${name}`
const values = sql.raw(names.map(statedOf).join(', '))
const differs = sql`${known} is distinct from (${values})`
const counts = z.tuple([
  z.object({ added: z.coerce.number(), changed: z.coerce.number(), all: z.coerce.number() }),
])

/**
 * How many accounts of `incoming` are new and how many differ from what is known.
 * `incoming` holds one row per account with the columns of `accounts`, named alike.
 */
export async function compareAccounts(tx: Tx): Promise<{ added: number; changed: number; all: number }> {
  const { rows } = await tx.execute(sql`
    select count(*) filter (where r.id is null) as added,
      count(*) filter (where r.id is not null and ${differs}) as changed,
      count(*) as all
    from incoming i left join accounts r on r.account_number = i.account_number`)
  return counts.parse(rows)[0]
}

/** The accounts, as `r`, that `incoming` states otherwise than they are known. */
export const changingAccounts: SQL = sql`incoming i join accounts r on r.account_number = i.account_number
  where ${differs}`

/** Adds and changes accounts as `incoming` states them, in the import's name; those that do not differ are not touched. */
export async function upsertAccounts(tx: Tx, importId: string): Promise<void> {
  const list = sql.raw(names.join(', '))
  const set = sql.raw(names.map((name) => `${name} = excluded.${name}`).join(', '))
  await tx.execute(sql`
    insert into accounts (account_number, import_id, ${list})
    select i.account_number, ${importId}::uuid, ${values}
    from incoming i left join accounts r on r.account_number = i.account_number
    where r.id is null or ${differs}
    on conflict (account_number) do update set ${set}, import_id = excluded.import_id, updated_at = now()`)
}

/** Puts accounts back as they were before an import changed them, and removes those it added. */
export async function restoreAccounts(tx: Tx, importId: string): Promise<void> {
  const set = sql.raw([...names, 'import_id', 'updated_at'].map((name) => `${name} = b.${name}`).join(', '))
  await tx.execute(sql`
    update accounts a set ${set} from import_before k, jsonb_populate_record(null::accounts, k.row) b
    where k.import_id = ${importId}::uuid and k.table_name = 'accounts' and a.id = b.id`)
  await tx.execute(sql`delete from accounts where import_id = ${importId}::uuid`)
}
