import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytesColumn, dayColumn, instant, periodColumn, quantityColumn, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'
import { meters } from './meters'
import { papers } from './papers'

/** How a value came: `helper` by somebody the holder let send, `offline` from a phone that had no signal then. */
export const readingChannels = ['cabinet', 'staff', 'import', 'helper', 'offline'] as const

/** Показание: what one register of a meter showed, for a period. A correction is a new version; the old one stays. */
export const readings = pgTable(
  'readings',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    meterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => meters.id),
    period: periodColumn().notNull(),
    /** 1 = T1, 2 = T2, 3 = T3. */
    register: smallint().notNull(),
    version: integer().notNull(),
    value: quantityColumn().notNull(),
    /** The counter passed its highest value since the previous reading, and the person confirmed it. */
    rolledOver: boolean().notNull().default(false),
    takenOn: dayColumn().notNull(),
    /** The moment the dial was read, where it is known: of `offline`. */
    takenAt: instant(),
    receivedAt: instant().notNull().default(sql`now()`),
    channel: text({ enum: readingChannels }).notNull(),
    actorId: uuid().references(() => users.id),
    importId: uuid(),
    /** The slip that was given for it. */
    paperId: uuid().references(() => papers.id),
    supersededAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.meterId, table.period, table.register, table.version] }),
    uniqueIndex('readings_one_in_force')
      .on(table.accountId, table.meterId, table.period, table.register)
      .where(sql`${table.supersededAt} is null`),
    index('readings_of_period').on(table.period, table.accountId).where(sql`${table.supersededAt} is null`),
    check('readings_period', sql`${table.period} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
    check('readings_value', sql`${table.value} >= 0`),
    check('readings_register', sql`${table.register} between 1 and 3`),
  ],
)

/**
 * What looks odd about a value: `much` is over three times the average, `zero` a third month without use, `swapped` hot for
 * cold, `registers` T1 for T2, `consumption` the use typed for the reading, `digits` two digits in each other's place.
 */
export const doubtKinds = ['much', 'zero', 'swapped', 'registers', 'consumption', 'digits'] as const
export const doubtOutcomes = ['kept', 'corrected', 'asked', 'superseded'] as const

/** A value accepted though it looks odd: staff look at it. The open one (no `settledAt`) waits. */
export const readingDoubts = pgTable(
  'reading_doubts',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    meterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => meters.id),
    period: periodColumn().notNull(),
    register: smallint().notNull(),
    kind: text({ enum: doubtKinds }).notNull(),
    /** The value in doubt, and the likely right one where there is one. */
    value: quantityColumn().notNull(),
    proposed: quantityColumn(),
    raisedAt: instant().notNull().default(sql`now()`),
    settledAt: instant(),
    settledBy: uuid().references(() => users.id),
    outcome: text({ enum: doubtOutcomes }),
  },
  (table) => [
    uniqueIndex('reading_doubts_one_open')
      .on(table.accountId, table.meterId, table.period, table.register)
      .where(sql`${table.settledAt} is null`),
    index('reading_doubts_open').on(table.raisedAt).where(sql`${table.settledAt} is null`),
  ],
)

/** A correction of what billing has taken already: a request to staff. The open one (no `settledAt`) waits. */
export const readingCorrections = pgTable(
  'reading_corrections',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    meterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => meters.id),
    period: periodColumn().notNull(),
    /** What the counters showed by the person's word, T1 first; text of exact decimals. */
    values: text().array().notNull(),
    note: text().notNull().default(''),
    askedAt: instant().notNull().default(sql`now()`),
    askedBy: uuid()
      .notNull()
      .references(() => users.id),
    settledAt: instant(),
    settledBy: uuid().references(() => users.id),
    outcome: text({ enum: ['accepted', 'refused'] }),
    reason: text(),
  },
  (table) => [
    uniqueIndex('reading_corrections_one_open')
      .on(table.accountId, table.meterId, table.period)
      .where(sql`${table.settledAt} is null`),
    index('reading_corrections_open').on(table.askedAt).where(sql`${table.settledAt} is null`),
  ],
)

/** A picture of a dial, made anew from what was sent: no metadata of the phone is in it. */
export const readingPhotos = pgTable(
  'reading_photos',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    meterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => meters.id),
    period: periodColumn().notNull(),
    bytes: bytesColumn().notNull(),
    sha256: text().notNull(),
    width: smallint().notNull(),
    height: smallint().notNull(),
    uploadedAt: instant().notNull().default(sql`now()`),
    uploadedBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (table) => [unique().on(table.accountId, table.meterId, table.period, table.sha256)],
)

/** Доступ помощника: somebody the holder lets send readings of an account until a day, and see nothing else of it. */
export const helperAccess = pgTable(
  'helper_access',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    holderId: uuid()
      .notNull()
      .references(() => users.id),
    email: text().notNull(),
    /** How the holder calls the person. */
    name: text().notNull(),
    /** The last day. */
    until: dayColumn().notNull(),
    tokenHash: bytesColumn().notNull().unique(),
    invitedAt: instant().notNull().default(sql`now()`),
    inviteEndsAt: instant().notNull(),
    /** Null until the invitation is accepted. */
    helperId: uuid().references(() => users.id),
    acceptedAt: instant(),
    endedAt: instant(),
    endReason: text({ enum: ['holder', 'helper', 'staff', 'access-ended'] }),
  },
  (table) => [
    uniqueIndex('helper_access_one_active')
      .on(table.accountId, table.helperId)
      .where(sql`${table.endedAt} is null and ${table.helperId} is not null`),
    index().on(table.helperId),
    index().on(table.holderId),
  ],
)

/**
 * A reminder that was owed, so that it is never owed again. `about`: a window's period and last day; or a meter, the day its
 * verification runs out and how many days ahead.
 */
export const readingReminders = pgTable(
  'reading_reminders',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({ enum: ['window', 'verification'] }).notNull(),
    about: text().notNull(),
    owedAt: instant().notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.userId, table.kind, table.about] })],
)
