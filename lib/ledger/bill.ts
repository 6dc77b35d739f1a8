import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, statedCharges } from '@/db/schema'
import type { Staff, Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import type { Settings } from '@/lib/settings/schema'
import type { CalendarDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import type { MeterValue } from '@/lib/units/quantity'
import { type Balance, balance, balanceOf, type PendingPayment } from './balance'
import {
  monthColumns,
  type PeriodRow,
  type Statement,
  staffScope,
  statedIn,
  statement,
  statementOf,
} from './queries'
import { dueOn } from './rules'

/** Whose bill it is. */
export interface BillAccount {
  accountNumber: string
  holderName: string
  address: string
  area: MeterValue | null
  residents: number | null
  unifiedAccount: string | null
}

/** Платёжный документ of a month: everything its paper says. */
export interface Bill {
  company: Settings['company']
  requisites: Settings['requisites']
  account: BillAccount
  statement: Statement
  /** What is to be paid by this bill; below zero is overpaid. Of the latest month, payments on their way are taken off. */
  amount: Kopecks
  /** Payments taken and not yet in billing's figures; of the latest month only. */
  pending: PendingPayment[]
  dueOn: CalendarDay
  /** Whether billing has told of no later month. */
  latest: boolean
}

/** The bill of a month of the subscriber's own account; undefined when there is none, or not theirs. */
export async function bill(
  subscriber: Subscriber,
  accountId: number,
  period: Period,
  now: Date,
): Promise<Bill | undefined> {
  return compose(
    accountId,
    await statement(subscriber, accountId, period),
    await balance(subscriber, accountId, now),
  )
}

/** `bill` of any account, for staff. */
export async function billOf(
  staff: Staff,
  accountId: number,
  period: Period,
  now: Date,
): Promise<Bill | undefined> {
  return compose(
    accountId,
    await statementOf(staff, accountId, period),
    await balanceOf(staff, accountId, now),
  )
}

/** `statement` and `known` are of this account, and of somebody who may see it. */
async function compose(
  accountId: number,
  statement: Statement | undefined,
  known: Balance | undefined,
): Promise<Bill | undefined> {
  if (!statement) return undefined
  const { accountNumber, holderName, address, area, residents, unifiedAccount } = accounts
  const [account] = await db()
    .select({ accountNumber, holderName, address, area, residents, unifiedAccount })
    .from(accounts)
    .where(eq(accounts.id, accountId))
  if (!account) return undefined
  const { company, requisites, dueDay } = await currentSettings()
  const latest = known?.month?.period === statement.period
  return {
    company,
    requisites,
    account,
    statement,
    amount: latest ? known.amount : statement.total.closing,
    pending: latest ? known.pending : [],
    dueOn: dueOn(statement.period, dueDay),
    latest,
  }
}

/** The latest months of any account that billing has told of, the latest first: each has a bill. */
export async function billedMonths(staff: Staff, accountId: number, most: number): Promise<PeriodRow[]> {
  return db()
    .select(monthColumns)
    .from(statedCharges)
    .where(statedIn(staffScope(staff, accountId)))
    .groupBy(statedCharges.period)
    .orderBy(desc(statedCharges.period))
    .limit(most)
}
