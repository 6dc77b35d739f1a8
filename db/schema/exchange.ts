import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytesColumn, instant, randomId } from '@/db/columns'
import { users } from './access'

/** One upload from billing: what it was, what the check found, whether it was loaded. */
export const imports = pgTable(
  'imports',
  {
    id: randomId(),
    kind: text({ enum: ['accounts', 'meters', 'charges'] }).notNull(),
    fileName: text().notNull(),
    sha256: text().notNull(),
    size: integer().notNull(),
    /** The bytes as uploaded, until they are loaded. */
    content: bytesColumn(),
    /** What the check found; parsed by lib/exchange/schema.ts. */
    report: jsonb().notNull(),
    checkedAt: instant().notNull().default(sql`now()`),
    checkedBy: uuid().references(() => users.id),
    loadedAt: instant(),
    loadedBy: uuid().references(() => users.id),
  },
  (table) => [index().on(table.checkedAt)],
)
