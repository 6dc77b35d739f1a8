import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { charges, imports, meters, payments, readings, services } from '@/db/schema'
import { postCarried, postPayments } from '@/lib/ledger/commands'
import { day } from '@/lib/units/day'
import { type Kopecks, kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'

let made = 0

/** A meter of an account with one value per register sent in earlier months: `{ '2026-10': ['315.204'] }`. */
export async function makeMeter(
  accountId: number,
  values: Partial<typeof meters.$inferInsert> = {},
  history: Record<string, readonly string[]> = {},
) {
  const [meter] = await db()
    .insert(meters)
    .values({
      accountId,
      serial: `48-${String(++made).padStart(6, '0')}`,
      kind: 'cold_water',
      place: 'кухня',
      digitsBefore: 5,
      digitsAfter: 3,
      installedOn: day('2020-01-15'),
      ...values,
    })
    .returning()
  if (!meter) throw new Error('no meter')
  for (const [month, row] of Object.entries(history))
    await db()
      .insert(readings)
      .values(
        row.map((value, place) => ({
          accountId,
          meterId: meter.id,
          period: period(month),
          register: place + 1,
          version: 1,
          value: quantity(value),
          takenOn: day(`${month}-24`),
          channel: 'import' as const,
        })),
      )
  return meter
}

/** A service by name. */
export async function makeService(name: string, sort = 100): Promise<number> {
  const [service] = await db()
    .insert(services)
    .values({ name, sort })
    .onConflictDoUpdate({ target: services.name, set: { sort } })
    .returning()
  if (!service) throw new Error('no service')
  return service.id
}

type ChargeRow = typeof charges.$inferInsert
type Amounts = 'opening' | 'charged' | 'recalculated' | 'benefit' | 'penalty' | 'paid' | 'closing'

/**
 * One row of a bill as an import would write it, amounts in kopecks: the closing balance follows from the rest unless it is
 * given, and the entries the balance needs are posted. `more` sets other columns: version, basis, import…
 */
export async function makeCharge(
  accountId: number,
  month: string,
  serviceId: number,
  of: Partial<Record<Amounts, bigint>>,
  more: Partial<ChargeRow> = {},
): Promise<void> {
  const { opening = 0n, charged = 0n, recalculated = 0n, benefit = 0n, penalty = 0n, paid = 0n } = of
  const { closing = opening + charged + recalculated + penalty - benefit - paid } = of
  const amounts = { opening, charged, recalculated, benefit, penalty, paid, closing }
  await db().transaction(async (tx) => {
    await tx.execute(sql`select ensure_charges_partition(${month})`)
    await tx.insert(charges).values({
      accountId,
      period: period(month),
      serviceId,
      unit: 'м³',
      volume: quantity('6.396'),
      tariff: quantity('45.18'),
      ...money(amounts),
      ...more,
    })
    await touch(tx, accountId, month)
    await postCarried(tx, more.importId ?? randomUUID())
  })
}

function money(of: Record<Amounts, bigint>): Record<Amounts, Kopecks> {
  const { opening, charged, recalculated, benefit, penalty, paid, closing } = of
  return {
    opening: kopecks(opening),
    charged: kopecks(charged),
    recalculated: kopecks(recalculated),
    benefit: kopecks(benefit),
    penalty: kopecks(penalty),
    paid: kopecks(paid),
    closing: kopecks(closing),
  }
}

/** A file of charges with figures of that moment; its id goes into the rows it brought. */
export async function makeChargesImport(asOf: string): Promise<string> {
  const [row] = await db()
    .insert(imports)
    .values({
      state: 'loaded',
      kind: 'charges',
      fileName: 'charges.csv',
      sha256: randomUUID(),
      size: 1,
      asOf: new Date(asOf),
    })
    .returning()
  if (!row) throw new Error('no import')
  return row.id
}

/** A payment known beside billing's figures, with whatever entry the account's last import calls for. */
export async function makePayment(
  accountId: number,
  of: { amount: bigint; paidAt: string; place?: string; source?: 'cabinet' | 'register' },
): Promise<string> {
  const [payment] = await db()
    .insert(payments)
    .values({
      accountId,
      source: of.source ?? 'register',
      amount: kopecks(of.amount),
      paidAt: new Date(of.paidAt),
      place: of.place ?? 'Сбербанк',
      document: randomUUID(),
    })
    .returning()
  if (!payment) throw new Error('no payment')
  await settlePayments(accountId)
  return payment.id
}

/** Posts what became of the account's payments, as the end of every import does. */
export async function settlePayments(accountId: number): Promise<void> {
  await db().transaction(async (tx) => {
    await touch(tx, accountId, '2026-10')
    await postPayments(tx, randomUUID())
  })
}

/** Names the account and month in the table the postings look into. */
async function touch(tx: Tx, accountId: number, month: string): Promise<void> {
  await tx.execute(sql`create temp table touched_charges (account_id bigint, period char(7)) on commit drop`)
  await tx.execute(sql`insert into touched_charges values (${accountId}, ${month})`)
}
