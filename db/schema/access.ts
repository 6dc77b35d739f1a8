import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytesColumn, dayColumn, instant, moneyColumn, randomId } from '@/db/columns'
import { accounts } from './accounts'

/** What a member of staff may be here for; one person may have several. */
export const staffRoles = ['operator', 'billing', 'support', 'auditor', 'administrator'] as const

/** Пользователь: a person registered in the service. */
export const users = pgTable(
  'users',
  {
    id: randomId(),
    kind: text({ enum: ['subscriber', 'staff'] }).notNull(),
    /** Empty for subscribers; staff without a role may sign in and do nothing. */
    roles: text({ enum: staffRoles }).array().notNull().default(sql`'{}'`),
    login: text().notNull().unique(),
    lastName: text().notNull(),
    firstName: text().notNull(),
    patronymic: text().notNull().default(''),
    email: text().notNull(),
    /** E.164. */
    phone: text(),
    /** When the person showed that the phone is theirs; SMS go to such a phone only. */
    phoneConfirmedAt: instant(),
    /** argon2id; null until the person has set a password. */
    passwordHash: text(),
    createdAt: instant().notNull().default(sql`now()`),
  },
  (table) => [
    index('users_email').on(sql`lower(${table.email})`),
    index().on(table.createdAt),
    check('users_roles', sql`${table.kind} = 'staff' or cardinality(${table.roles}) = 0`),
  ],
)

/** The one-time codes of a member of staff (RFC 6238). The secret is sealed under a key outside the database. */
export const staffSecondFactors = pgTable('staff_second_factors', {
  userId: uuid()
    .primaryKey()
    .references(() => users.id),
  secret: bytesColumn().notNull(),
  createdAt: instant().notNull().default(sql`now()`),
  /** Null until the first right code. */
  confirmedAt: instant(),
  /** The time step of the last code taken: no code is taken twice. */
  lastStep: bigint({ mode: 'number' }).notNull().default(0),
})

/** Codes for a member of staff whose phone is lost; each is good once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    codeHash: bytesColumn().notNull(),
    usedAt: instant(),
  },
  (table) => [uniqueIndex().on(table.userId, table.codeHash)],
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
    /** The day the holder's own time with the account begins: what is older is another's. Null = all of it. */
    seesFrom: dayColumn(),
    endedAt: instant(),
    endReason: text(),
    endedBy: uuid().references(() => users.id),
  },
  (table) => [
    uniqueIndex('account_access_one_active')
      .on(table.userId, table.accountId)
      .where(sql`${table.endedAt} is null`),
    index().on(table.accountId),
  ],
)

/** Смена собственника: from that day the account is another holder's. */
export const ownerChanges = pgTable(
  'owner_changes',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    changedOn: dayColumn().notNull(),
    formerHolder: text().notNull(),
    newHolder: text().notNull(),
    /** What it is based on: a document's name, number and date. */
    basis: text().notNull(),
    /** What stood on the account at the end of that day, kopecks: the former holder's. */
    closingBalance: moneyColumn().notNull(),
    recordedAt: instant().notNull().default(sql`now()`),
    recordedBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (table) => [index().on(table.accountId, table.changedOn)],
)

/** Отключение ЛС: why an access ended; by the holder's written application, or by the company when the holder changed. */
export const disconnections = pgTable(
  'disconnections',
  {
    accessId: uuid()
      .primaryKey()
      .references(() => accountAccess.id),
    kind: text({ enum: ['application', 'owner-change'] }).notNull(),
    applicationNumber: text(),
    applicationDay: dayColumn(),
    ownerChangeId: uuid().references(() => ownerChanges.id),
    note: text().notNull().default(''),
    /** The scan of the application: a picture made anew, or a PDF. */
    scan: bytesColumn(),
    scanType: text(),
    disconnectedAt: instant().notNull().default(sql`now()`),
    disconnectedBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    check(
      'disconnections_based',
      sql`case ${table.kind} when 'application' then ${table.applicationNumber} is not null and ${table.applicationDay} is not null else ${table.ownerChangeId} is not null end`,
    ),
  ],
)

/**
 * A change of the e-mail or phone a person is reached by. It is in force from `confirmedAt`; until `undoUntil` who had the old
 * one can undo it. Of secrets only hashes are kept.
 */
export const contactChanges = pgTable(
  'contact_changes',
  {
    id: randomId(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ['email', 'phone'] }).notNull(),
    oldValue: text(),
    newValue: text().notNull(),
    askedAt: instant().notNull().default(sql`now()`),
    confirmBy: instant().notNull(),
    confirmHash: bytesColumn().notNull(),
    /** Wrong codes so far. */
    attempts: integer().notNull().default(0),
    confirmedAt: instant(),
    undoHash: bytesColumn(),
    undoUntil: instant(),
    undoneAt: instant(),
    /** Given up, or replaced by a newer change. */
    cancelledAt: instant(),
  },
  (table) => [index().on(table.userId, table.askedAt)],
)

/** Messages a person may choose the channels of. */
export const messageKinds = ['bills', 'readings', 'payments', 'notices'] as const

/** By which channels a person wants one kind of message; no row = by e-mail only. The consent to messages stands above it. */
export const messageChannels = pgTable(
  'message_channels',
  {
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: messageKinds }).notNull(),
    email: boolean().notNull(),
    sms: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind] })],
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
    /** When staff showed their second factor; before that the session opens nothing. */
    secondFactorAt: instant(),
    /** The version of the agreement in force when it began, while something is to be accepted before going on; else null. */
    mustAccept: integer(),
    /** The browser had signed in with this login before. */
    knownDevice: boolean().notNull().default(false),
    revokedAt: instant(),
    revokeReason: text({ enum: ['logout', 'block', 'password', 'ended', 'reset'] }),
  },
  (table) => [
    index().on(table.userId),
    index().on(table.address, table.createdAt),
    index().on(table.createdAt),
  ],
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

/**
 * `guessed`: many failures, then a success; `moved`: a new device and a changed e-mail within a day; `crowd`: one address in
 * many accounts; `fast`: requests at a speed no person types at.
 */
export const suspicionSigns = ['guessed', 'moved', 'crowd', 'fast'] as const

/** A sign that an account of a user may be in strange hands: what was seen, and what staff made of it. */
export const suspicions = pgTable(
  'suspicions',
  {
    id: randomId(),
    /** Null for signs about requests of people without a login. */
    userId: uuid().references(() => users.id),
    sign: text({ enum: suspicionSigns }).notNull(),
    /** What makes it one and the same sign, so that it is raised once. */
    about: text().notNull(),
    /** Figures and times, no personal data; parsed by lib/access. */
    evidence: jsonb().notNull(),
    raisedAt: instant().notNull().default(sql`now()`),
    settledAt: instant(),
    settledBy: uuid().references(() => users.id),
    outcome: text({ enum: ['blocked', 'dismissed'] }),
    reason: text(),
  },
  (table) => [
    uniqueIndex('suspicions_once').on(table.sign, table.about),
    index('suspicions_open').on(table.raisedAt).where(sql`${table.settledAt} is null`),
    index().on(table.userId),
  ],
)
