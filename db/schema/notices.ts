import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instant, randomId } from '@/db/columns'
import { users } from './access'
import { services } from './ledger'

/** Объявление to residents: an outage, planned or sudden, or news. Once published only its end may move, or it is withdrawn. */
export const notices = pgTable(
  'notices',
  {
    id: randomId(),
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    kind: text({ enum: ['planned', 'sudden', 'news'] }).notNull(),
    title: text().notNull(),
    body: text().notNull(),
    startsAt: instant(),
    endsAt: instant(),
    /** Whom it is for; `place` is a house or a microdistrict, as accounts' addresses begin. */
    audience: text({ enum: ['all', 'house', 'microdistrict', 'service'] }).notNull(),
    place: text(),
    serviceId: integer().references(() => services.id),
    /** Shown on the overview until then. */
    shownUntil: instant().notNull(),
    publishedAt: instant().notNull().default(sql`now()`),
    publishedBy: uuid()
      .notNull()
      .references(() => users.id),
    /** From the form: the same sending again is the same notice. */
    sendingKey: uuid().notNull().unique(),
    /** Everybody it is for was owed their message by then. */
    deliveredAt: instant(),
    withdrawnAt: instant(),
    withdrawnBy: uuid().references(() => users.id),
  },
  (table) => [
    index().on(table.shownUntil),
    check(
      'notices_audience',
      sql`case ${table.audience} when 'all' then ${table.place} is null and ${table.serviceId} is null when 'service' then ${table.serviceId} is not null and ${table.place} is null else ${table.place} is not null and ${table.serviceId} is null end`,
    ),
  ],
)

/** A message owed to a person because of a notice: one per channel, never twice. */
export const noticeMessages = pgTable(
  'notice_messages',
  {
    noticeId: uuid()
      .notNull()
      .references(() => notices.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    channel: text({ enum: ['email', 'sms'] }).notNull(),
    owedAt: instant().notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.userId, table.channel] })],
)

/** A person has read a notice. */
export const noticeReads = pgTable(
  'notice_reads',
  {
    noticeId: uuid()
      .notNull()
      .references(() => notices.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    readAt: instant().notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.userId] })],
)
