import { sql } from 'drizzle-orm'
import { bigint, boolean, check, index, integer, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytesColumn, dayColumn, instant, periodColumn, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'
import { services } from './ledger'

/** Обращение of a subscriber: a question with its number, its state and what was said. */
export const enquiries = pgTable(
  'enquiries',
  {
    id: randomId(),
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    /** Null for somebody without a login. */
    userId: uuid().references(() => users.id),
    accountId: bigint({ mode: 'number' }).references(() => accounts.id),
    /** How somebody without a login wants to be called and answered; each as they chose. */
    contactName: text(),
    contactEmail: text(),
    contactPhone: text(),
    /** From the form: the same sending again is the same enquiry. */
    sendingKey: uuid().unique(),
    subject: text().notNull(),
    /** `closed` is without an answer. */
    state: text({ enum: ['open', 'answered', 'closed'] })
      .notNull()
      .default('open'),
    /** The day by which an answer was promised. */
    dueOn: dayColumn(),
    assignedTo: uuid().references(() => users.id),
    /** Why the software thinks it advertising or obscene; null when it does not. A person decides. */
    suspectedOf: text(),
    closedAt: instant(),
    closedBy: uuid().references(() => users.id),
    closeReason: text({ enum: ['advertising', 'obscene', 'settled'] }),
    closeNote: text(),
    /** The line of a bill it is about, if it is about one. */
    period: periodColumn(),
    serviceId: integer().references(() => services.id),
    createdAt: instant().notNull().default(sql`now()`),
    answeredAt: instant(),
  },
  (table) => [
    index().on(table.userId, table.createdAt),
    index().on(table.createdAt).where(sql`${table.state} = 'open'`),
    check(
      'enquiries_closed_whole',
      sql`(${table.state} = 'closed') = (${table.closedAt} is not null) and (${table.state} = 'closed') = (${table.closeReason} is not null)`,
    ),
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
    /** Null for somebody without a login. */
    authorId: uuid().references(() => users.id),
    byStaff: boolean().notNull(),
    /** A note of staff to one another; residents never see it. */
    internal: boolean().notNull().default(false),
    text: text().notNull(),
    writtenAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index().on(table.enquiryId, table.id)],
)

/** A file somebody attached to what they said; a picture is made anew, nothing of the phone is in it. */
export const enquiryFiles = pgTable(
  'enquiry_files',
  {
    id: randomId(),
    enquiryId: uuid()
      .notNull()
      .references(() => enquiries.id),
    messageId: bigint({ mode: 'number' })
      .notNull()
      .references(() => enquiryMessages.id),
    name: text().notNull(),
    /** By its content, not by its name. */
    type: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    bytes: bytesColumn().notNull(),
    attachedAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index().on(table.enquiryId, table.messageId)],
)

/** An answer staff give often. */
export const answerTemplates = pgTable('answer_templates', {
  id: randomId(),
  title: text().notNull().unique(),
  body: text().notNull(),
  updatedAt: instant().notNull().default(sql`now()`),
  updatedBy: uuid().references(() => users.id),
})
