import { sql } from 'drizzle-orm'
import { bigint, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { dayColumn, instant, quantityColumn } from '@/db/columns'

/** Лицевой счёт: one dwelling's account with the company, as billing knows it. */
export const accounts = pgTable(
  'accounts',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Text: leading zeros matter. */
    accountNumber: text().notNull().unique(),
    holderName: text().notNull(),
    address: text().notNull(),
    /** The address without its flat: «кв. 41», «квартира 15а», «28Н ком. 1». Cyrillic has no case in a database of locale C. */
    house: text()
      .notNull()
      .generatedAlwaysAs(
        sql.raw(
          `regexp_replace(address, '[,[:space:]]+([Кк][Вв]|[Кк]вартира|[Кк][Оо][Мм]|[Кк]омната|[Пп]ом|[Пп]омещение)([.[:space:]].*|[0-9].*)?$', '')`,
        ),
      ),
    phone: text(),
    /** Square metres. */
    area: quantityColumn(),
    residents: smallint(),
    openedOn: dayColumn(),
    closedOn: dayColumn(),
    /** ЕЛС of GIS ЖКХ, ten characters, when billing gives it. */
    unifiedAccount: text(),
    /** The import that last wrote this row. */
    importId: uuid(),
    updatedAt: instant().notNull().default(sql`now()`),
  },
  (table) => [index().on(table.house)],
)
