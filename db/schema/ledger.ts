import { sql } from 'drizzle-orm'
import { bigint, check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { moneyColumn, periodColumn, quantityColumn } from '@/db/columns'
import { accounts } from './accounts'

/** Услуга, by its usual name. */
export const services = pgTable('services', {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  name: text().notNull().unique(),
  sort: integer().notNull().default(100),
})

/**
 * Начисление: one service of one account in one period as billing stated it, with its balances.
 * Shown as stated: opening + charged + recalculated + penalty − benefit − paid should equal closing; when it does not, the page says so.
 */
export const charges = pgTable(
  'charges',
  {
    accountId: bigint({ mode: 'number' })
      .notNull()
      .references(() => accounts.id),
    period: periodColumn().notNull(),
    serviceId: integer()
      .notNull()
      .references(() => services.id),
    unit: text().notNull().default(''),
    volume: quantityColumn(),
    /** Roubles per unit with its decimals, as billing prints it. */
    tariff: quantityColumn(),
    opening: moneyColumn().notNull(),
    charged: moneyColumn().notNull(),
    recalculated: moneyColumn().notNull(),
    benefit: moneyColumn().notNull(),
    penalty: moneyColumn().notNull(),
    paid: moneyColumn().notNull(),
    closing: moneyColumn().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.period, table.serviceId] }),
    check('charges_period', sql`${table.period} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
  ],
)
