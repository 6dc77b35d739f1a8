import type { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Period } from '@/lib/units/period'
import type { Change, Finding, StoredReport } from './schema'
import type { StagingShape } from './staging'

/** What a check finds out about one kind of file beside its changes. */
export type Extra = Partial<Pick<StoredReport, 'totals' | 'outlierShare' | 'outlierCount' | 'outliers'>>

/** What is known of the rows of `incoming` beforehand. */
export interface Incoming {
  /** The months they are about, the earliest first; of charges. */
  months: readonly Period[]
  /** Whether there may be rows of accounts the database did not know when the file was read. */
  unknownAccounts: boolean
}

/** The load of an upload, as a target needs to know of it. */
export interface Loading {
  importId: string
  /** Of the upload. */
  number: number
  /** Name of the table the rows are staged in. */
  staged: string
  /** Tells how many rows were written so far. @throws StoppedError once staff asked to stop */
  written: (rows: number) => void
}

/** Accounts that were there when the file was read are not any more. */
export class StaleStagingError extends Error {
  constructor() {
    super('staged rows name accounts that are gone')
  }
}

/**
 * Where the rows of one kind of file go. Everything works on `incoming`: the staged rows that are not rejected.
 * Every row written carries the import; every row changed stands in `import_before` as it was.
 */
export interface Target<Row> extends StagingShape<Row> {
  /** Rejects rows of `incoming` that cannot be loaded into this database. `loading`: they are written next, so what they were weighed against is held. */
  expel: (tx: Tx, incoming: Incoming, loading: boolean) => Promise<void>
  /** What loading would change. */
  compare: (tx: Tx, incoming: Incoming) => Promise<Change[]>
  /** Totals, months and the like, where the kind has them. */
  extra?: (tx: Tx, incoming: Incoming) => Promise<Extra>
  /** What staff should know of rows that are loaded all the same. */
  warnings?: (tx: Tx) => Promise<Finding[]>
  /** How many records of the same scope are in the database and not in the file; they stay as they are. */
  absent: (tx: Tx, incoming: Incoming) => Promise<number>
  /** Writes what differs; returns what it changed. */
  write: (tx: Tx, incoming: Incoming, loading: Loading) => Promise<Change[]>
}

const counted = z.tuple([
  z.object({ added: z.coerce.number(), changed: z.coerce.number(), all: z.coerce.number() }),
])

/** Reads one row of counts `added`, `changed`, `all`. */
export async function countChange(tx: Tx, what: string, query: ReturnType<typeof sql>): Promise<Change> {
  const { rows } = await tx.execute(query)
  const [{ added, changed, all }] = counted.parse(rows)
  return { what, added, changed, unchanged: all - added - changed }
}

const one = z.tuple([z.object({ count: z.coerce.number() })])

/** Reads a single `count`. */
export async function countOf(tx: Tx, query: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await tx.execute(query)
  return one.parse(rows)[0].count
}
