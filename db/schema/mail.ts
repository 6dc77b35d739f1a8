import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant, randomId } from '@/db/columns'

/** A letter owed to somebody: enqueued in the transaction of its cause, sent by a job. */
export const letters = pgTable(
  'letters',
  {
    id: randomId(),
    kind: text().notNull(),
    toEmail: text().notNull(),
    /** What the template needs; no secrets: a link's token is derived when the letter is sent. */
    payload: jsonb().notNull(),
    createdAt: instant().notNull().default(sql`now()`),
    sentAt: instant(),
    attempts: integer().notNull().default(0),
    lastError: text(),
  },
  (table) => [index().on(table.createdAt).where(sql`${table.sentAt} is null`)],
)

/** An SMS owed to somebody, like a letter. */
export const textMessages = pgTable(
  'text_messages',
  {
    id: randomId(),
    kind: text().notNull(),
    /** E.164. */
    toPhone: text().notNull(),
    /** What is said; no secrets but a code that is good for minutes, and gone from here once it was sent. */
    body: text().notNull(),
    createdAt: instant().notNull().default(sql`now()`),
    /** No use after that. */
    expiresAt: instant(),
    sentAt: instant(),
    attempts: integer().notNull().default(0),
    lastError: text(),
    /** The provider's own id of it. */
    providerId: text(),
  },
  (table) => [index().on(table.createdAt).where(sql`${table.sentAt} is null`)],
)
