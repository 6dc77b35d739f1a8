import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'

// The values of accounts as a file states them stand in the table `incoming` of the caller's transaction.
const stated = sql`(i.holder_name, i.address, i.phone, i.area, i.residents, i.opened_on, i.closed_on)`
const known = sql`(a.holder_name, a.address, a.phone, a.area, a.residents, a.opened_on, a.closed_on)`
const counts = z.tuple([
  z.object({ added: z.coerce.number(), changed: z.coerce.number(), all: z.coerce.number() }),
])

/**
 * How many accounts of `incoming` are new and how many differ from what is known.
 * `incoming` holds one row per account with the columns of `accounts`, named alike.
 */
export async function compareAccounts(tx: Tx): Promise<{ added: number; changed: number; all: number }> {
  const { rows } = await tx.execute(sql`
    select count(*) filter (where a.id is null) as added,
      count(*) filter (where a.id is not null and ${known} is distinct from ${stated}) as changed,
      count(*) as all
    from incoming i left join accounts a on a.account_number = i.account_number`)
  return counts.parse(rows)[0]
}

/** Adds and changes accounts as `incoming` states them; those that do not differ are not touched. */
export async function upsertAccounts(tx: Tx): Promise<void> {
  await tx.execute(sql`
    insert into accounts (account_number, holder_name, address, phone, area, residents, opened_on, closed_on)
    select i.account_number, i.holder_name, i.address, i.phone, i.area, i.residents, i.opened_on, i.closed_on
    from incoming i left join accounts a on a.account_number = i.account_number
    where a.id is null or ${known} is distinct from ${stated}
    on conflict (account_number) do update set holder_name = excluded.holder_name, address = excluded.address,
      phone = excluded.phone, area = excluded.area, residents = excluded.residents,
      opened_on = excluded.opened_on, closed_on = excluded.closed_on, updated_at = now()`)
}
