import { sql } from 'drizzle-orm'
import { changingAccounts, compareAccounts, upsertAccounts } from '@/lib/accounts/commands'
import { toDecimal } from '@/lib/units/quantity'
import { keepBefore } from './before'
import type { AccountRow } from './row-schema'
import { countOf, type Target } from './target'

/** Accounts and their holders. */
export const accountsTarget: Target<AccountRow> = {
  columns: {
    account_number: 'text',
    holder_name: 'text',
    address: 'text',
    phone: 'text',
    area: 'numeric(19,7)',
    residents: 'smallint',
    opened_on: 'date',
    closed_on: 'date',
    unified_account: 'text',
  },
  cells: (row) => [
    row.accountNumber,
    row.holderName,
    row.address,
    row.phone,
    row.area === null ? null : toDecimal(row.area),
    row.residents,
    row.openedOn,
    row.closedOn,
    row.unifiedAccount,
  ],
  key: { of: sql`account_number`, texts: (row) => [row.accountNumber], field: 'accountNumber' },
  expel: async () => undefined,
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
  write: async (tx, incoming, { importId }) => {
    const changes = await accountsTarget.compare(tx, incoming)
    await keepBefore(tx, importId, 'accounts', changingAccounts)
    await upsertAccounts(tx, importId)
    return changes
  },
}
