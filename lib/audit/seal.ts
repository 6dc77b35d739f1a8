import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader, type Tx } from '@/db/client'
import { sealHash } from './chain'

/** Rows under one seal at the most. */
const MOST_ROWS = 5_000
/** How long is waited for transactions that may still bring rows of lower numbers, ms. */
const PATIENCE = 2_000
const LOOK_EVERY = 25

/**
 * Seals the rows of the journal that no earlier seal holds. Rows are committed out of the order of their ids: only those up to
 * an id are sealed below which none can come any more. Nobody who writes is held up; when somebody writes for long, the rest
 * waits for the next time. Safe from several processes at once: one works, the others leave.
 * @param most rows under one seal
 * @returns how many rows were sealed
 */
export async function sealAudit(most = MOST_ROWS): Promise<number> {
  const upTo = await settledId(db())
  if (upTo === undefined) return 0
  let sealed = 0
  for (;;) {
    const rows = await db().transaction((tx) => sealNext(tx, upTo, most))
    sealed += rows
    if (rows < most) return sealed
  }
}

/**
 * The highest id of the journal, once whoever was writing when it was read is done: an id is given out under a lock of the
 * table that lasts to the end of the transaction. Undefined when the journal is empty, or somebody takes too long.
 */
export async function settledId(reader: Reader, patience = PATIENCE): Promise<number | undefined> {
  const { rows } = await reader.execute(sql`select max(id)::text as id from audit_log`)
  const id = z.array(z.object({ id: z.coerce.number().nullable() })).parse(rows)[0]?.id
  if (!id) return undefined
  const until = performance.now() + patience
  let writing = await writers(reader)
  while (writing.length > 0) {
    if (performance.now() > until) return undefined
    await pause(LOOK_EVERY)
    const still = new Set(await writers(reader))
    writing = writing.filter((transaction) => still.has(transaction))
  }
  return id
}

/** Transactions that have written to the journal, or are about to, and are not over. */
async function writers(reader: Reader): Promise<string[]> {
  const { rows } = await reader.execute(sql`
    select virtualtransaction as id from pg_locks
    where locktype = 'relation' and relation = 'audit_log'::regclass and mode = 'RowExclusiveLock'
      and database = (select oid from pg_database where datname = current_database())`)
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id)
}

async function sealNext(tx: Tx, upTo: number, most: number): Promise<number> {
  const { rows: free } = await tx.execute(
    sql`select pg_try_advisory_xact_lock(hashtext('kabinet audit seal')) as mine`,
  )
  if (!z.array(z.object({ mine: z.boolean() })).parse(free)[0]?.mine) return 0
  const { rows } = await tx.execute(sql`
    with before as (select to_id, hash from audit_seals order by id desc limit 1)
    insert into audit_seals (from_id, to_id, rows, hash)
    select coalesce((select to_id from before), 0) + 1, max(r.id), count(*), ${sealHash(sql`(select hash from before)`)}
    from (
      select * from audit_log
      where id > coalesce((select to_id from before), 0) and id <= ${upTo} order by id limit ${most}
    ) r having count(*) > 0 returning rows`)
  return z.array(z.object({ rows: z.number() })).parse(rows)[0]?.rows ?? 0
}
