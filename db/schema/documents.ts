import { sql } from 'drizzle-orm'
import { integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { instant, randomId } from '@/db/columns'
import { users } from './access'

export const documentKinds = ['agreement', 'consent', 'privacy'] as const

/** A published version of a document; never changed once published. */
export const documentVersions = pgTable(
  'document_versions',
  {
    id: randomId(),
    kind: text({ enum: documentKinds }).notNull(),
    version: integer().notNull(),
    title: text().notNull(),
    /** Markdown. */
    body: text().notNull(),
    sha256: text().notNull(),
    effectiveFrom: instant().notNull().default(sql`now()`),
    publishedAt: instant().notNull().default(sql`now()`),
    /** Null when the service itself did. */
    publishedBy: uuid().references(() => users.id),
  },
  (table) => [unique().on(table.kind, table.version)],
)
