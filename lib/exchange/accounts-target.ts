import { sql } from 'drizzle-orm'
import { compareAccounts, upsertAccounts } from '@/lib/accounts/commands'
import { toDecimal } from '@/lib/units/quantity'
import type { AccountRow } from './row-schema'
import { countOf, type Target } from './staging'

/** Accounts and their holders. */
export const accountsTarget: Target<AccountRow> = {
  columns: `account_number text, holder_name text, address text, phone text, area numeric(19,7),
    residents smallint, opened_on date, closed_on date`,
  record: (row) => ({
    account_number: row.accountNumber,
    holder_name: row.holderName,
    address: row.address,
    phone: row.phone,
    area: row.area === null ? null : toDecimal(row.area),
    residents: row.residents,
    opened_on: row.openedOn,
    closed_on: row.closedOn,
  }),
  expel: async () => [],
  compare: async (tx) => {
    const { added, changed, all } = await compareAccounts(tx)
    return [{ what: 'Лицевые счета', added, changed, unchanged: all - added - changed }]
  },
  absent: (tx) =>
    countOf(
      tx,
      sql`select count(*) from accounts a
        where not exists (select 1 from incoming i where i.account_number = a.account_number)`,
    ),
  write: upsertAccounts,
}
