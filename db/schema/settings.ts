import { sql } from 'drizzle-orm'
import { check, integer, jsonb, pgTable } from 'drizzle-orm/pg-core'
import { instant } from '@/db/columns'

/** The company's settings: one row, parsed by lib/settings. */
export const settings = pgTable(
  'settings',
  {
    id: integer().primaryKey().default(1),
    value: jsonb().notNull(),
    updatedAt: instant().notNull().default(sql`now()`),
  },
  (table) => [check('settings_one_row', sql`${table.id} = 1`)],
)
