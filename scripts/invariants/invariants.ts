import { readFileSync } from 'node:fs'
import path from 'node:path'
import type pg from 'pg'
import { ROOT } from '../launcher/config'

/** Something that must hold: a query that returns no rows while it does. */
export interface Invariant {
  /** `2`, `2a`: as in db/invariants.sql. */
  number: string
  words: string
  query: string
}

/** The invariants of db/invariants.sql, in its order. @throws Error when the file is not of its form */
export function readInvariants(file = path.join(ROOT, 'db', 'invariants.sql')): Invariant[] {
  const [, ...blocks] = readFileSync(file, 'utf8').split(/^(?=-- \d+[a-z]?\. )/m)
  return blocks.map((block) => {
    const parts = /^-- (\d+[a-z]?)\. (.+)\n([\s\S]+?);\s*$/.exec(block)
    if (!parts) throw new Error(`not an invariant: ${block.slice(0, 60)}`)
    const [, number = '', words = '', query = ''] = parts
    return { number, words, query }
  })
}

/** How many of the breaches found are kept to be shown. */
const SHOWN = 3

/** What breaches an invariant: how many rows, and the first of them. */
export async function breachesOf(
  client: pg.ClientBase,
  { query }: Invariant,
): Promise<{ count: number; first: unknown[] }> {
  const { rows } = await client.query(query)
  return { count: rows.length, first: rows.slice(0, SHOWN) }
}
