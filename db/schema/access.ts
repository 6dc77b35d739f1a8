import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytesColumn, instant, randomId } from '@/db/columns'
import { accounts } from './accounts'

/** Пользователь: a person registered in the service. */
export const users = pgTable(
  'users',
  {
    id: randomId(),
    kind: text({ enum: ['subscriber', 'staff'] }).notNull(),
    login: text().notNull().unique(),
    lastName: text().notNull(),
    firstName: text().notNull(),
    patronymic: text().notNull().default(''),
    email: text().notNull(),
    phone: text(),
    /** argon2id; null until the person has set a password. */
    passwordHash: text(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index('users_email').on(sql`lower(${table.email})`), index().on(table.createdAt)],
)

/** Блокировка of a user. The open one (no `unblockedAt`) is in force; the others are its history. */
export const blocks = pgTable(
  'blocks',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    blockedAt: instant().notNull().default(sql`now()`),
    blockedBy: uuid()
      .notNull()
      .references(() => users.id),
    blockReason: text().notNull(),
    unblockedAt: instant(),
    unblockedBy: uuid().references(() => users.id),
    unblockReason: text(),
  },
  (table) => [
    uniqueIndex('blocks_one_open').on(table.userId).where(sql`${table.unblockedAt} is null`),
    index().on(table.userId),
  ],
)

/** Доступ к ЛС: which user may see which account. */
export const accountAccess = pgTable(
  'account_access',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    grantedAt: instant().notNull().default(sql`now()`),
    grantedBy: uuid().references(() => users.id),
    requestId: uuid(),
    endedAt: instant(),
    endReason: text(),
  },
  (table) => [
    uniqueIndex('account_access_one_active')
      .on(table.userId, table.accountId)
      .where(sql`${table.endedAt} is null`),
    index().on(table.accountId),
  ],
)

/** A one-time link by which a person sets a password. Only the hash of its token is kept. */
export const credentialLinks = pgTable(
  'credential_links',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    purpose: text({ enum: ['activation', 'recovery'] }).notNull(),
    tokenHash: bytesColumn().notNull().unique(),
    createdAt: instant().notNull().default(sql`now()`),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    revokedAt: instant(),
  },
  (table) => [index().on(table.userId)],
)

/** A sign-in. The cookie holds only its id, inside an encrypted token. */
export const sessions = pgTable(
  'sessions',
  {
    /** SHA-256 of the id in the cookie. */
    idHash: bytesColumn().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    mode: text({ enum: ['own', 'shared', 'staff'] }).notNull(),
    createdAt: instant().notNull().default(sql`now()`),
    lastSeenAt: instant().notNull().default(sql`now()`),
    /** The absolute end. */
    endsAt: instant().notNull(),
    device: text().notNull().default(''),
    address: text().notNull().default(''),
    reauthenticatedAt: instant(),
    revokedAt: instant(),
    revokeReason: text({ enum: ['logout', 'block', 'password'] }),
  },
  (table) => [index().on(table.userId)],
)

/** Buckets of rate-limiter-flexible. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: bigint({ mode: 'number' }).notNull().default(0),
  expire: bigint({ mode: 'number' }),
})

/** Consent given: to a document's version, or to messages. Kept for ever; withdrawal is a date. */
export const consents = pgTable(
  'consents',
  {
    id: randomId(),
    kind: text({ enum: ['agreement', 'personal_data', 'messages'] }).notNull(),
    requestId: uuid(),
    userId: uuid().references(() => users.id),
    documentVersion: bigint({ mode: 'number' }),
    /** SHA-256 of the text agreed to. */
    textHash: text().notNull(),
    givenAt: instant().notNull().default(sql`now()`),
    address: text().notNull().default(''),
    withdrawnAt: instant(),
  },
  (table) => [
    index().on(table.requestId),
    index().on(table.userId),
    check('consents_of_somebody', sql`${table.requestId} is not null or ${table.userId} is not null`),
  ],
)
