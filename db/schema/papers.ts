import { sql } from 'drizzle-orm'
import { bigint, index, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'

export const paperKinds = ['readings-slip', 'no-debt', 'charges', 'meters', 'final-statement'] as const

/** A paper given out, which anybody can have verified by its number and code. What it says never changes. */
export const papers = pgTable(
  'papers',
  {
    id: randomId(),
    /** As people read it out. */
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    code: text().notNull(),
    kind: text({ enum: paperKinds }).notNull(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    /** What it says; parsed by lib/papers/schema.ts. */
    body: jsonb().notNull(),
    issuedAt: instant().notNull().default(sql`now()`),
    /** Null when the service itself issued it. */
    issuedTo: uuid().references(() => users.id),
    /** The sending it is the answer to: the same one again gets the same paper. */
    sendingKey: uuid(),
  },
  (table) => [unique().on(table.accountId, table.sendingKey), index().on(table.accountId, table.issuedAt)],
)
