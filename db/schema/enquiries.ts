import { sql } from 'drizzle-orm'
import { bigint, boolean, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant, periodColumn, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'
import { services } from './ledger'

/** Обращение of a subscriber: a question with its number, its state and what was said. */
export const enquiries = pgTable(
  'enquiries',
  {
    id: randomId(),
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    subject: text().notNull(),
    state: text({ enum: ['open', 'answered'] })
      .notNull()
      .default('open'),
    /** The line of a bill it is about, if it is about one. */
    period: periodColumn(),
    serviceId: integer().references(() => services.id),
    createdAt: instant().notNull().default(sql`now()`),
    answeredAt: instant(),
  },
  (table) => [
    index().on(table.userId, table.createdAt),
    index().on(table.createdAt).where(sql`${table.state} = 'open'`),
  ],
)

/** What was said in an enquiry, by the person or by staff. */
export const enquiryMessages = pgTable(
  'enquiry_messages',
  {
    enquiryId: uuid()
      .notNull()
      .references(() => enquiries.id),
    id: bigint({ mode: 'number' }).notNull().primaryKey().generatedAlwaysAsIdentity(),
    authorId: uuid()
      .notNull()
      .references(() => users.id),
    byStaff: boolean().notNull(),
    text: text().notNull(),
    writtenAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index().on(table.enquiryId, table.id)],
)
