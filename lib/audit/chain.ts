import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Reader } from '@/db/client'

/**
 * The canonical form of a row `r` of the journal, one line of UTF-8 (docs/decisions/0021): the text PostgreSQL gives jsonb,
 * whose keys have one order, with the instant in UTC to the microsecond. db/invariants.sql says the same.
 */
export const canonicalLine: SQL = sql.raw(`
  jsonb_build_object('id', r.id, 'at', to_char(r.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'actor_id', r.actor_id, 'actor_login', r.actor_login, 'action', r.action, 'subject_kind', r.subject_kind,
    'subject_id', r.subject_id, 'subject_label', r.subject_label, 'before', r.before, 'after', r.after,
    'address', r.address)::text || E'\\n'`)

/** What stands before the first seal. */
const START = sql.raw(`'\\x${'00'.repeat(32)}'::bytea`)

/** The hash of a seal over rows `r`: SHA-256 of the hash before it and their lines in the order of their ids. */
export function sealHash(before: SQL): SQL {
  return sql`sha256(coalesce(${before}, ${START}) || convert_to(string_agg(${canonicalLine}, '' order by r.id), 'UTF8'))`
}

/** A seal as it is told: hashes in hex. */
export interface Seal {
  id: number
  fromId: number
  toId: number
  rows: number
  hash: string
  sealedAt: Date
}

const sealShape = z.object({
  id: z.number(),
  fromId: z.coerce.number(),
  toId: z.coerce.number(),
  rows: z.number(),
  hash: z.string(),
  sealedAt: z.number().transform((ms) => new Date(ms)),
})
const sealColumns =
  sql.raw(`s.id, s.from_id as "fromId", s.to_id as "toId", s.rows, encode(s.hash, 'hex') as hash,
  floor(extract(epoch from s.sealed_at) * 1000)::float8 as "sealedAt"`)

/** The head of the chain: its last seal; undefined while nothing is sealed. */
export async function headOf(reader: Reader): Promise<Seal | undefined> {
  const { rows } = await reader.execute(
    sql`select ${sealColumns} from audit_seals s order by s.id desc limit 1`,
  )
  return z.array(sealShape).parse(rows)[0]
}

/** Seals in their order, from one id on, at most so many. */
export async function sealsFrom(reader: Reader, id: number, most: number): Promise<Seal[]> {
  const { rows } = await reader.execute(
    sql`select ${sealColumns} from audit_seals s where s.id >= ${id} order by s.id limit ${most}`,
  )
  return z.array(sealShape).parse(rows)
}

/** A seal that does not hold, and how many rows lie under it now. */
export interface Breach extends Seal {
  found: number
}

/**
 * Reckons seals anew, from one id on, at most so many, in the order of the chain: each must follow the one before it without
 * a gap and have the hash of what lies under it now.
 * @returns how many were reckoned, their rows, the last one's id, and the first that does not hold
 */
export async function reckonSeals(
  reader: Reader,
  from: number,
  most: number,
): Promise<{ seals: number; rows: number; last: number | undefined; breach: Breach | undefined }> {
  const { rows } = await reader.execute(sql`
    select ${sealColumns}, now.rows as found,
      now.rows = s.rows and now.hash is not distinct from s.hash and s.from_id = s.follows as holds
    from (
      select s.*, before.hash as before, coalesce(before.to_id, 0) + 1 as follows from audit_seals s
      left join lateral (select b.hash, b.to_id from audit_seals b where b.id < s.id order by b.id desc limit 1) before on true
      where s.id >= ${from} order by s.id limit ${most}
    ) s cross join lateral (
      select count(*)::int as rows, ${sealHash(sql`s.before`)} as hash from audit_log r where r.id between s.from_id and s.to_id
    ) now order by s.id`)
  const found = z.array(sealShape.extend({ found: z.number(), holds: z.boolean() })).parse(rows)
  return {
    seals: found.length,
    rows: found.reduce((sum, seal) => sum + seal.rows, 0),
    last: found.at(-1)?.id,
    breach: found.find(({ holds }) => !holds),
  }
}
