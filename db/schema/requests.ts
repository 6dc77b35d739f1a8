import { sql } from 'drizzle-orm'
import { check, index, pgSequence, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { bytesColumn, dayColumn, instant, moneyColumn, randomId } from '@/db/columns'
import { users } from './access'

/** Numbers of access requests, shown as `ГГГГ-NNNN`. */
export const requestNumbers = pgSequence('request_numbers')

/** Заявка на получение доступа, as the applicant typed it (normalised). */
export const accessRequests = pgTable(
  'access_requests',
  {
    id: randomId(),
    /** What people quote: `2026-0417`. */
    number: text().notNull().unique(),
    /** From the form; the same form sent twice is one request. */
    submissionKey: uuid().notNull().unique(),
    accountNumber: text().notNull(),
    lastName: text().notNull(),
    firstName: text().notNull(),
    patronymic: text().notNull().default(''),
    registrationAddress: text().notNull(),
    postalAddress: text().notNull(),
    email: text().notNull(),
    /** E.164. */
    phone: text().notNull(),
    meterSerial: text(),
    /** Who asked in their cabinet for one more account: somebody identified before, so no passport is with it. */
    askedBy: uuid().references(() => users.id),
    /** What the last bill of the account comes to, as the applicant read it there, kopecks. */
    billSum: moneyColumn(),
    submittedAt: instant().notNull().default(sql`now()`),
    submittedFrom: text().notNull().default(''),
    dueOn: dayColumn().notNull(),
    dueAt: instant().notNull(),
    decision: text({ enum: ['approved', 'refused'] }),
    decidedAt: instant(),
    decidedBy: uuid().references(() => users.id),
    /** For staff; the applicant's letter never names it. */
    refusalReason: text(),
    refusalNote: text(),
    /** The user the approval gave access to. */
    userId: uuid().references(() => users.id),
  },
  (table) => [
    index().on(table.dueAt).where(sql`${table.decision} is null`),
    index().on(table.accountNumber),
    index().on(table.submittedAt),
    index().on(table.askedBy),
    check(
      'access_requests_decided_whole',
      sql`(${table.decision} is null) = (${table.decidedAt} is null) and (${table.decision} is null) = (${table.decidedBy} is null)`,
    ),
    check(
      'access_requests_decided_why',
      sql`(${table.decision} is not distinct from 'approved') = (${table.userId} is not null) and (${table.decision} is not distinct from 'refused') = (${table.refusalReason} is not null)`,
    ),
  ],
)

/** The passport of a request: AES-256-GCM under a data key of its own, wrapped by a key outside the database. */
export const passports = pgTable(
  'passports',
  {
    requestId: uuid()
      .primaryKey()
      .references(() => accessRequests.id),
    wrappedKey: bytesColumn(),
    number: bytesColumn(),
    issuedBy: bytesColumn(),
    issuedOn: bytesColumn(),
    lastDigits: text().notNull(),
    /** HMAC of the number: finds the same passport without opening any. */
    blindIndex: bytesColumn(),
    erasedAt: instant(),
  },
  (table) => [
    index().on(table.blindIndex),
    check(
      'passports_whole_or_erased',
      sql`num_nulls(${table.wrappedKey}, ${table.number}, ${table.issuedBy}, ${table.issuedOn}, ${table.blindIndex}) = case when ${table.erasedAt} is null then 0 else 5 end`,
    ),
  ],
)
