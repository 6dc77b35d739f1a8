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
import { dayColumn, instant, periodColumn, quantityColumn } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'

export const meterKinds = ['cold_water', 'hot_water', 'electricity', 'heat', 'gas'] as const

/** Прибор учёта. A replaced meter is closed and a new row opened. */
export const meters = pgTable(
  'meters',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    serial: text().notNull(),
    kind: text({ enum: meterKinds }).notNull(),
    /** Where it stands: «кухня», «ванная». */
    place: text().notNull().default(''),
    digitsBefore: smallint().notNull(),
    digitsAfter: smallint().notNull(),
    /** How many counters: 1, 2 (day, night) or 3 (peak, night, half-peak). */
    registers: smallint().notNull().default(1),
    installedOn: dayColumn().notNull(),
    removedOn: dayColumn(),
    verifiedUntil: dayColumn(),
    /** The import that last wrote this row. */
    importId: uuid(),
  },
  (table) => [
    unique().on(table.accountId, table.serial, table.installedOn),
    check('meters_registers', sql`${table.registers} between 1 and 3`),
    check(
      'meters_digits',
      sql`${table.digitsBefore} between 1 and 9 and ${table.digitsAfter} between 0 and 7`,
    ),
  ],
)

export const readingChannels = ['cabinet', 'staff', 'import'] as const

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
    receivedAt: instant().notNull().default(sql`now()`),
    channel: text({ enum: readingChannels }).notNull(),
    actorId: uuid().references(() => users.id),
    importId: uuid(),
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
