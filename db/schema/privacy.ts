import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { dayColumn, instant, randomId } from '@/db/columns'
import { users } from './access'

/** What a person asks for by 152-ФЗ: a correction (art. 21 §2), or that their data be destroyed once consent is withdrawn (art. 21 §5). */
export const privacyRequests = pgTable(
  'privacy_requests',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ['correction', 'withdrawal'] }).notNull(),
    /** What is wrong and how it should be; empty for a withdrawal. */
    text: text().notNull().default(''),
    askedAt: instant().notNull().default(sql`now()`),
    /** The last day by law. */
    dueOn: dayColumn().notNull(),
    settledAt: instant(),
    settledBy: uuid().references(() => users.id),
    outcome: text({ enum: ['done', 'refused', 'recalled'] }),
    note: text(),
  },
  (table) => [
    index('privacy_requests_open').on(table.dueOn).where(sql`${table.settledAt} is null`),
    index().on(table.userId, table.askedAt),
    check('privacy_requests_settled', sql`(${table.settledAt} is null) = (${table.outcome} is null)`),
  ],
)

/** Акт об уничтожении: what of whom was destroyed, when and on what ground. Append-only; names no destroyed value. */
export const erasureActs = pgTable('erasure_acts', {
  number: integer().primaryKey().generatedAlwaysAsIdentity(),
  /** Whose; null when it was a night's work over many. */
  userId: uuid().references(() => users.id),
  requestId: uuid().references(() => privacyRequests.id),
  ground: text({ enum: ['withdrawal', 'retention'] }).notNull(),
  /** How many of what: `{"passports": 3}`. */
  destroyed: jsonb().notNull(),
  madeAt: instant().notNull().default(sql`now()`),
  /** Null when the service itself did. */
  madeBy: uuid().references(() => users.id),
})
