import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { oweBillLetters, postCarried, postPayments } from '@/lib/ledger/commands'
import { columns, compareCharges, countAbsent } from './charges-comparison'
import { summariseCharges } from './charges-summary'
import { appendCharges } from './charges-writing'
import type { ChargeRow } from './row-schema'
import { addServices } from './services'
import { ACCOUNT, expelUnknownAccounts } from './staged-rejects'
import type { Target } from './target'

/** In ten-millionths, as PostgreSQL takes it with the least ado. */
const decimal = (value: ChargeRow['volume']) => (value === null ? null : `${value}e-7`)

function money(row: ChargeRow) {
  return [row.opening, row.charged, row.recalculated, row.benefit, row.penalty, row.paid, row.closing]
}

/** Charges and balances by service and period. */
export const chargesTarget: Target<ChargeRow> = {
  columns: { service_id: 'integer', period: 'char(7)', ...columns },
  like: 'charges',
  account: (row) => row.accountNumber,
  service: (row) => row.service,
  key: {
    of: sql`${ACCOUNT}, period, service_id`,
    texts: (row) => [row.accountNumber, row.period, row.service],
    field: 'accountNumber',
  },
  month: (row) => row.period,
  money,
  cells: (row) => [
    row.period,
    row.unit,
    decimal(row.volume),
    decimal(row.tariff),
    row.basis,
    decimal(row.norm),
    decimal(row.basisCount),
    row.chargedFrom,
    row.penaltyBase,
    row.penaltyDays,
    decimal(row.penaltyRate),
    ...money(row),
  ],
  expel: async (tx, { unknownAccounts }) => {
    if (unknownAccounts) await expelUnknownAccounts(tx)
  },
  compare: async (tx, { months }) => [await compareCharges(tx, months)],
  extra: (tx, { months }) => summariseCharges(tx, months),
  absent: (tx, { months }) => countAbsent(tx, months),
  write: async (tx, { months }, loading) => {
    await addServices(tx, sql`select id, name from incoming_services`, (id) => isIncoming(tx, id))
    const { change, summed } = await appendCharges(tx, months, loading)
    await postCarried(tx, loading.importId, summed)
    await postPayments(tx, loading.importId)
    await oweBillLetters(tx, loading.importId)
    return [change]
  },
}

/** Services of rejected rows alone do not come to be. */
async function isIncoming(tx: Tx, serviceId: number | null): Promise<boolean> {
  const { rows } = await tx.execute(
    sql`select 1 from incoming where service_id = ${serviceId}::integer limit 1`,
  )
  return rows.length > 0
}
