import { sql } from 'drizzle-orm'
import { bigint, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytesColumn, instant } from '@/db/columns'
import { users } from './access'

/** Журнал: append-only (a trigger refuses UPDATE, DELETE and TRUNCATE). */
export const auditLog = pgTable(
  'audit_log',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull().default(sql`now()`),
    /** Null = the service itself or an applicant without a login. */
    actorId: uuid().references(() => users.id),
    actorLogin: text().notNull(),
    action: text().notNull(),
    subjectKind: text().notNull(),
    subjectId: text().notNull(),
    /** What the reader knows the subject by: a request's number, a login. Never a name or a passport. */
    subjectLabel: text().notNull(),
    before: jsonb(),
    after: jsonb(),
    address: text().notNull().default(''),
  },
  (table) => [
    index().on(table.at),
    index().on(table.subjectKind, table.subjectId, table.at),
    index().on(table.action, table.at),
    index().on(table.actorLogin, table.at),
  ],
)

/** A seal over rows of the journal: its hash holds the hash before it and every row between `fromId` and `toId`. Append-only. */
export const auditSeals = pgTable('audit_seals', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  fromId: bigint({ mode: 'number' }).notNull().unique(),
  toId: bigint({ mode: 'number' }).notNull().unique(),
  rows: integer().notNull(),
  /** SHA-256. */
  hash: bytesColumn().notNull(),
  sealedAt: instant().notNull().default(sql`now()`),
})
