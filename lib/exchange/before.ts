import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'

/** Keeps rows as they stand before an import changes them. `from`: a table named `r` and which of its rows. */
export async function keepBefore(tx: Tx, importId: string, table: string, from: SQL): Promise<void> {
  await tx.execute(sql`
    insert into import_before (import_id, table_name, row)
    select ${importId}::uuid, ${table}::text, to_jsonb(r) from ${from}`)
}
