import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '@/db/client'
import { type Breach, reckonSeals } from './chain'

/** Seals reckoned by one question: some 100,000 rows at the most. */
const AT_ONCE = 20
/** Rows that are reckoned while somebody waits for the page. */
const RECENT_ROWS = 100_000

/** What reckoning a chain anew came to. */
export interface Verification {
  /** First and last seal reckoned; undefined when there is none. */
  from: number | undefined
  to: number | undefined
  rows: number
  /** The first seal that does not hold; what follows it was not reckoned. */
  breach: Breach | undefined
}

/** Reckons the chain anew from a seal on (from the first one when none is named), up to its end or the first that does not hold. */
export async function verifyChain(reader: Reader, from = 0): Promise<Verification> {
  const done: Verification = { from: undefined, to: undefined, rows: 0, breach: undefined }
  for (let next: number | undefined = from; next !== undefined; ) {
    const { seals, rows, last, breach } = await reckonSeals(reader, next, AT_ONCE)
    if (last === undefined) break
    done.from ??= next === from ? await firstSeal(reader, from) : next
    done.to = breach?.id ?? last
    done.rows += rows
    done.breach = breach
    next = breach || seals < AT_ONCE ? undefined : last + 1
  }
  return done
}

async function firstSeal(reader: Reader, from: number): Promise<number | undefined> {
  return oneId(reader, sql`select min(id) as id from audit_seals where id >= ${from}`)
}

/** The seal from which on at most so many last rows are reckoned, and always the last one; 0 when that is the whole chain. */
export async function recentFrom(reader: Reader, rows = RECENT_ROWS): Promise<number> {
  const id = await oneId(
    reader,
    sql`
    select case when min(id) = (select min(id) from audit_seals) then 0 else min(id) end as id from (
      select id, sum(rows) over (order by id desc) as total, row_number() over (order by id desc) as place from audit_seals
    ) s where total <= ${rows} or place = 1`,
  )
  return id ?? 0
}

async function oneId(reader: Reader, query: ReturnType<typeof sql>): Promise<number | undefined> {
  const { rows } = await reader.execute(query)
  return z.array(z.object({ id: z.number().nullable() })).parse(rows)[0]?.id ?? undefined
}
