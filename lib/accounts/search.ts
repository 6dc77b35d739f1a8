import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Reader } from '@/db/client'
import type { Staff } from '@/lib/session/require'

/** An account as a search lists it. */
export interface FoundAccount {
  accountNumber: string
  holderName: string
  address: string
  closed: boolean
}

export const MOST_FOUND = 50

/**
 * Accounts by number or its beginning, by holder's name, by address, or by both together: «Королёва 7 41». Words may be
 * begun only; when nothing has them all, one of them may be mistyped or wrong. At most 50. Only indexes are asked: the one
 * of numbers and `accounts_search`.
 */
export async function findAccounts(_staff: Staff, text: string): Promise<FoundAccount[]> {
  const number = /^[\d\s-]{3,40}$/.test(text) ? text.replace(/\D/g, '') : ''
  if (number) {
    const found = await byNumber(number)
    if (found.length > 0) return found
  }
  return db().transaction(async (tx) => {
    // Half of the trigrams in common: one mistyped letter in a word of eight.
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', '0.5', true)`)
    for (const branches of stepsFor(await wordsOf(tx, text))) {
      const found = await search(tx, branches)
      if (found.length > 0) return found
    }
    return []
  })
}

/** Digits sort alike everywhere, so the numbers that begin alike stand between two ends in the index. */
async function byNumber(number: string): Promise<FoundAccount[]> {
  const { rows } = await db().execute(sql`
    select ${columns} from accounts
    where account_number >= ${number} and account_number <= ${number.padEnd(MOST_DIGITS, '9')} and starts_with(account_number, ${number})
    order by account_number limit ${MOST_FOUND}`)
  return found.parse(rows)
}

const MOST_DIGITS = 40

/** What was typed, as the index has it: words, and numbers of houses and flats; what only says «house» or «flat» left out. */
interface Words {
  words: string[]
  numbers: string[]
}

async function wordsOf(reader: Reader, text: string): Promise<Words> {
  const { rows } = await reader.execute(sql`select folded(${text}) as folded`)
  const all = foldedRow
    .parse(rows)[0]
    .folded.split(' ')
    .filter((word) => word && !IDLE.has(word))
  const used = all.slice(0, MOST_WORDS)
  return {
    words: used.filter((word) => !/^\d/.test(word)),
    numbers: used.filter((word) => /^\d/.test(word)),
  }
}

const foldedRow = z.tuple([z.object({ folded: z.string() })])
const MOST_WORDS = 8
/** г, город, ул, улица, д, дом, кв, квартира, мкр, микрорайон, корп, корпус — folded. */
const IDLE = new Set([
  'g',
  'gorod',
  'ul',
  'ulica',
  'd',
  'dom',
  'kv',
  'kvartira',
  'mkr',
  'mkrn',
  'mikroraion',
  'korp',
  'korpus',
])

const name = sql`folded(holder_name)`
const address = sql`folded(address)`
const begins = (column: SQL, word: string) => sql`${column} ~ ${`(^| )${word}`}`
const resembles = (column: SQL, word: string) => sql`${column} %> ${word}`

/** Conditions of every branch of every step, the exact ones first; a step is asked only when those before it found nothing. */
function stepsFor({ words, numbers }: Words): SQL[][][] {
  const houses = numbers.map((number) => sql`${address} ~ ${`(^| )${number}( |$)`}`)
  const [first, ...rest] = words
  if (first === undefined) return houses.length > 0 ? [[houses]] : []
  const all = (column: SQL, of: readonly string[]) => of.map((word) => begins(column, word))
  const leftOut = (column: SQL, place: number) => [...all(column, words.toSpliced(place, 1)), ...houses]
  const mistyped = (column: SQL, place: number) => [
    resembles(column, words[place] ?? ''),
    ...leftOut(column, place),
  ]
  const later = rest.map((_, place) => place + 1)
  return [
    [
      [...all(name, words), ...houses],
      [...all(address, words), ...houses],
      ...(rest.length > 0 ? [[begins(name, first), ...all(address, rest), ...houses]] : []),
    ],
    [mistyped(name, 0), mistyped(address, 0)],
    later.flatMap((place) => [mistyped(name, place), mistyped(address, place)]),
    [
      ...(rest.length > 0 ? words.map((_, place) => leftOut(name, place)) : []),
      ...(houses.length > 1 ? words.map((_, place) => leftOut(address, place)) : []),
    ],
  ].filter((branches) => branches.length > 0)
}

/** Whatever any branch finds. Each is bounded by itself: a common surname alone finds thousands. */
async function search(reader: Reader, branches: SQL[][]): Promise<FoundAccount[]> {
  const selects = branches.map(
    (conditions) =>
      sql`(select * from accounts where ${sql.join(conditions, sql` and `)} limit ${MOST_FOUND})`,
  )
  const { rows } = await reader.execute(sql`
    select distinct ${columns} from (${sql.join(selects, sql` union all `)}) found order by account_number limit ${MOST_FOUND}`)
  return found.parse(rows)
}

const columns = sql`account_number as "accountNumber", holder_name as "holderName", address, coalesce(closed_on <= (now() at time zone 'Europe/Moscow')::date, false) as closed`
const found = z.array(
  z.object({ accountNumber: z.string(), holderName: z.string(), address: z.string(), closed: z.boolean() }),
)
