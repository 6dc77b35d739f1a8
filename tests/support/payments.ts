import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { Logger, runOnce } from 'graphile-worker'
import { db, pool } from '@/db/client'
import { ledgerEntries, onlinePayments, payments } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { env } from '@/lib/env'
import type { Provider } from '@/lib/payments/provider'
import type { PaymentInput } from '@/lib/payments/schema'
import { changeSettings } from '@/lib/settings/commands'
import { kopecks } from '@/lib/units/money'
import { period } from '@/lib/units/period'
import { tasks } from '@/lib/worker/tasks'
import { makeCharge, makeChargesImport, makeService } from './billing'
import { makeAccount, makeSubscriber } from './people'
import type { TestProvider } from './provider'
import { requisites } from './requisites'

/** An address of the provider's networks. */
export const FROM_PROVIDER = '185.71.76.5'

/** Lets the service of this process take money through that provider. */
export async function takeMoneyThrough(provider: TestProvider): Promise<void> {
  const { shopId, secretKey, url } = provider.shop
  Object.assign(env(), {
    PAYMENTS: 'yookassa',
    YOOKASSA_SHOP_ID: shopId,
    YOOKASSA_SECRET_KEY: secretKey,
    YOOKASSA_URL: url,
  })
  await db().transaction((tx) => changeSettings(tx, SERVICE, { requisites }))
}

/** A dwelling that owes 1 500,00 ₽ for October 2026 by a file of 2026-11-03, and who lives there. */
export async function makeHome() {
  const account = await makeAccount()
  const importId = await makeChargesImport('2026-11-03T00:00:00+03:00')
  const heat = await makeService('Отопление')
  await makeCharge(account.id, '2026-10', heat, { opening: 50_000n, charged: 100_000n }, { importId })
  return { ...account, heat, subscriber: await makeSubscriber([account.id]) }
}

/** A form filled in: so many kopecks to each account. */
export function form(
  parts: Readonly<Record<string, bigint>>,
  more: Partial<PaymentInput> & { month?: string } = {},
): PaymentInput {
  const { month, ...rest } = more
  return {
    formKey: randomUUID(),
    method: 'sbp',
    email: null,
    parts: Object.entries(parts).map(([accountNumber, amount]) => ({
      accountNumber,
      amount: kopecks(amount),
      period: month ? period(month) : null,
    })),
    ...rest,
  }
}

/** Runs every job that waits, as if its time had come; those asked for meanwhile wait on. */
export async function runJobs(): Promise<void> {
  await db().execute(sql`update graphile_worker._private_jobs set run_at = now() where run_at > now()`)
  await runOnce({ pgPool: pool(), taskList: tasks, noHandleSignals: true, logger: quiet })
}

const quiet = new Logger(() => () => undefined)

/** The payment as it stands. */
export async function paymentRow(id: string) {
  const [row] = await db().select().from(onlinePayments).where(eq(onlinePayments.id, id))
  if (!row) throw new Error('no such payment')
  return row
}

/** What the account was credited with here, refunds taken off; and what its entries of these payments come to. */
export async function creditedTo(accountId: number): Promise<{ rows: number; sum: bigint; entries: bigint }> {
  const own = and(eq(payments.accountId, accountId), eq(payments.source, 'cabinet'))
  const rows = await db().select().from(payments).where(own)
  const entries = await db().select().from(ledgerEntries).where(eq(ledgerEntries.accountId, accountId))
  const ids = new Set<string | null>(rows.map((row) => row.id))
  return {
    rows: rows.length,
    sum: rows.reduce((sum, row) => sum + row.amount, 0n),
    entries: entries.reduce((sum, entry) => (ids.has(entry.paymentId) ? sum + entry.amount : sum), 0n),
  }
}

/** The process dies at the provider: before the request is sent, or when the answer has come and nothing was done with it. */
export function dying(provider: Provider, when: 'before' | 'after'): Provider {
  const die = async <T>(work: () => Promise<T>): Promise<T> => {
    if (when === 'after') await work()
    throw new Error('the process is gone')
  }
  return {
    ...provider,
    create: (order) => die(() => provider.create(order)),
    fetch: (id) => die(() => provider.fetch(id)),
    refund: (order) => die(() => provider.refund(order)),
  }
}
