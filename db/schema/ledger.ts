import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { dayColumn, instant, moneyColumn, periodColumn, quantityColumn, randomId } from '@/db/columns'
import { users } from './access'
import { accounts } from './accounts'
import { imports } from './exchange'

/** Услуга, by its usual name. */
export const services = pgTable('services', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  sort: integer().notNull().default(100),
})

/** What a volume was reckoned by: a meter, the norm, an average of earlier months, the area, the people living there. */
export const chargeBases = ['meter', 'norm', 'average', 'area', 'people'] as const

/** The columns of a charge; the table and the view of what is in force share them. */
const chargeColumns = () => ({
  accountId: bigint({ mode: 'number' }).notNull(),
  period: periodColumn().notNull(),
  serviceId: integer().notNull(),
  /** 1, 2…: a later file that states the row otherwise adds the next version. */
  version: smallint().notNull().default(1),
  importId: uuid(),
  /** Billing no longer states this row: the import that brought it was undone. */
  void: boolean().notNull().default(false),
  unit: text().notNull().default(''),
  volume: quantityColumn(),
  /** Roubles per unit with its decimals, as billing prints it. */
  tariff: quantityColumn(),
  basis: text({ enum: chargeBases }),
  /** Units for one person or one square metre, where `basis` is the norm. */
  norm: quantityColumn(),
  /** How many people or square metres the norm or tariff was taken for. */
  basisCount: quantityColumn(),
  /** The day of the period the service began on, when it did not run the whole month. */
  chargedFrom: dayColumn(),
  /** Penalty: the debt it is on, for how many days, at what part of the rate (9.5 = 9,5 % a year). */
  penaltyBase: moneyColumn(),
  penaltyDays: smallint(),
  penaltyRate: quantityColumn(),
  opening: moneyColumn().notNull(),
  charged: moneyColumn().notNull(),
  recalculated: moneyColumn().notNull(),
  benefit: moneyColumn().notNull(),
  penalty: moneyColumn().notNull(),
  paid: moneyColumn().notNull(),
  closing: moneyColumn().notNull(),
})

/**
 * Начисление: one service of one account in one period as billing stated it, with its balances. Append-only, by
 * triggers. Partitioned by period: a month is written, compared and totalled by itself, and one account's rows of a
 * month lie together. No foreign keys, which would ask once per row of a load; `npm run check:invariants` asks instead.
 * Shown as stated: opening + charged + recalculated + penalty − benefit − paid should equal closing; when it does not, the page says so.
 */
export const charges = pgTable('charges', chargeColumns(), (table) => [
  primaryKey({ columns: [table.accountId, table.period, table.serviceId, table.version] }),
])

/** The latest version of every charge that billing still states. Made by a migration. */
export const statedCharges = pgView('stated_charges', chargeColumns()).existing()

/** Норматив и тариф: the price of a service from a day on and, where there is one, its norm. */
export const tariffs = pgTable(
  'tariffs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    serviceId: integer()
      .notNull()
      .references(() => services.id),
    validFrom: dayColumn().notNull(),
    unit: text().notNull().default(''),
    /** Roubles per unit. */
    price: quantityColumn().notNull(),
    norm: quantityColumn(),
    /** What one norm is for. */
    normPer: text({ enum: ['person', 'area'] }),
    importId: uuid().references(() => imports.id),
  },
  (table) => [unique().on(table.serviceId, table.validFrom)],
)

/**
 * A payment known beside billing's own figures: taken here, or elsewhere and told by a register. Money given back here is
 * a row of its own, below zero.
 */
export const payments = pgTable(
  'payments',
  {
    id: randomId(),
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    source: text({ enum: ['cabinet', 'register'] }).notNull(),
    amount: moneyColumn().notNull(),
    /** A register that gives only a day means its first second, Moscow time. */
    paidAt: instant().notNull(),
    /** The month the payer named, if any. */
    period: periodColumn(),
    /** Who took it: «Сбербанк», «Почта». */
    place: text().notNull().default(''),
    /** The number of the payment at who took it; with the source it tells one from another. */
    document: text().notNull(),
    importId: uuid().references(() => imports.id),
    /** When it was handed to billing, once. */
    exportId: uuid(),
  },
  (table) => [
    unique().on(table.accountId, table.source, table.document),
    index().on(table.paidAt),
    check(
      'payments_amount',
      sql`${table.amount} > 0 or (${table.amount} < 0 and ${table.source} = 'cabinet')`,
    ),
  ],
)

/**
 * Проводка: what moves an account's balance beside the charges. Append-only, by triggers.
 * `carried`: billing opened a period with another sum than it closed the one before with (the first bill's opening
 * balance is the plainest case). `payment`: taken and not yet in billing, negative. `refund`: given back and not yet in
 * billing, above zero. `taken-over`: billing's figures now hold that payment or refund, so its entry is evened out.
 * `returned`: an entry evened out because its import was undone.
 * The balance of an account is the sum of closing − opening over its stated charges plus the sum of its entries.
 */
export const ledgerEntries = pgTable(
  'ledger_entries',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    id: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
    kind: text({ enum: ['carried', 'payment', 'refund', 'taken-over', 'returned'] }).notNull(),
    amount: moneyColumn().notNull(),
    /** The period whose opening it explains; of `carried` only. */
    period: periodColumn(),
    /** No foreign key: the entry stays when a register that was undone takes its payments with it. */
    paymentId: uuid(),
    importId: uuid(),
    /** The entry it evens out. */
    reverses: bigint({ mode: 'number' }),
    enteredAt: instant().notNull().default(sql`now()`),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.id] }),
    uniqueIndex('ledger_entries_one_per_payment')
      .on(table.paymentId)
      .where(sql`${table.kind} in ('payment', 'refund')`),
  ],
)

/** Who asked for the bill by e-mail instead of paper, for which account. */
export const paperlessChoices = pgTable(
  'paperless_choices',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    since: instant().notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.userId] })],
)

/** A letter «новая квитанция» that was owed: one per person, account and period, whatever is loaded again. */
export const billLetters = pgTable(
  'bill_letters',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    period: periodColumn().notNull(),
    /** Whether a letter was owed; else an SMS alone. */
    byEmail: boolean().notNull().default(true),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.userId, table.period] })],
)
