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
import { dayColumn, instant, periodColumn, quantityColumn, randomId } from '@/db/columns'
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
    /** Ввод в эксплуатацию, when it is known and another day than the installation. */
    commissionedOn: dayColumn(),
    removedOn: dayColumn(),
    verifiedUntil: dayColumn(),
    /** Sends its readings by itself: people are asked for none. */
    automatic: boolean().notNull().default(false),
    /** What its counters showed when it was installed; null where nobody told. */
    initial1: quantityColumn(),
    initial2: quantityColumn(),
    initial3: quantityColumn(),
    /** The meter it took the place of. */
    replaces: bigint({ mode: 'number' }),
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

/** Ночная проверка: what a water meter showed in the evening and in the morning, with no water used between. */
export const nightChecks = pgTable(
  'night_checks',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    meterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => meters.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    eveningAt: instant().notNull(),
    eveningValue: quantityColumn().notNull(),
    morningAt: instant(),
    morningValue: quantityColumn(),
  },
  (table) => [
    index().on(table.accountId, table.meterId, table.eveningAt),
    uniqueIndex('night_checks_one_open')
      .on(table.accountId, table.meterId)
      .where(sql`${table.morningAt} is null`),
  ],
)

/** Average use of a kind of meter in flats with as many residents, by month; reckoned nightly, only of 10 flats and more. */
export const typicalUse = pgTable(
  'typical_use',
  {
    period: periodColumn().notNull(),
    kind: text({ enum: meterKinds }).notNull(),
    residents: smallint().notNull(),
    flats: integer().notNull(),
    average: quantityColumn().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.period, table.kind, table.residents] }),
    check('typical_use_flats', sql`${table.flats} >= 10`),
  ],
)

/** Общедомовой прибор учёта: a meter of a whole house, read by staff. */
export const houseMeters = pgTable(
  'house_meters',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** As `accounts.house` has it. */
    house: text().notNull(),
    serial: text().notNull(),
    kind: text({ enum: meterKinds }).notNull(),
    place: text().notNull().default(''),
    digitsBefore: smallint().notNull(),
    digitsAfter: smallint().notNull(),
    installedOn: dayColumn().notNull(),
    removedOn: dayColumn(),
    verifiedUntil: dayColumn(),
  },
  (table) => [
    unique().on(table.house, table.serial, table.installedOn),
    check(
      'house_meters_digits',
      sql`${table.digitsBefore} between 1 and 9 and ${table.digitsAfter} between 0 and 7`,
    ),
  ],
)

/** What a house's meter showed, for a period. A correction is a new version; the old one stays. */
export const houseReadings = pgTable(
  'house_readings',
  {
    houseMeterId: bigint({ mode: 'number' })
      .notNull()
      .references(() => houseMeters.id),
    period: periodColumn().notNull(),
    version: integer().notNull(),
    value: quantityColumn().notNull(),
    takenOn: dayColumn().notNull(),
    receivedAt: instant().notNull().default(sql`now()`),
    actorId: uuid().references(() => users.id),
    supersededAt: instant(),
  },
  (table) => [
    primaryKey({ columns: [table.houseMeterId, table.period, table.version] }),
    uniqueIndex('house_readings_one_in_force')
      .on(table.houseMeterId, table.period)
      .where(sql`${table.supersededAt} is null`),
    check('house_readings_value', sql`${table.value} >= 0`),
  ],
)
