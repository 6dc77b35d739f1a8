import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { users } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { balance } from '@/lib/ledger/balance'
import { invalid, ok, type Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type Kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import type { Period } from '@/lib/units/period'
import { allocate, type Debt, payableMonths, type Share } from './allocation'
import { debtsOn } from './debts'
import { amountProblem } from './limits'
import type { PaymentInput } from './schema'

/** An account as the page of paying shows it. */
export interface Payable {
  accountNumber: string
  address: string
  /** What is owed; zero when nothing is. */
  owed: Kopecks
  /** Of which months, the earliest first. */
  debts: Debt[]
}

/** All accounts of the subscriber with what each owes, payments on their way taken off. */
export async function payableOf(subscriber: Subscriber, now: Date): Promise<Payable[]> {
  const own = await accountsOf(subscriber)
  return Promise.all(
    own.map(async ({ id, accountNumber, address }) => {
      const amount = (await balance(subscriber, id, now))?.amount ?? ZERO
      const owed = amount > 0n ? amount : ZERO
      return { accountNumber, address, owed, debts: (await debtsOn(subscriber, id, owed)) ?? [] }
    }),
  )
}

/** The subscriber's own e-mail, where a receipt goes unless they say otherwise. */
export async function ownEmail(subscriber: Subscriber): Promise<string> {
  const [found] = await db().select({ email: users.email }).from(users).where(eq(users.id, subscriber.userId))
  return found?.email ?? ''
}

/** What would be paid, before anything is begun. */
export interface Preview {
  total: Kopecks
  parts: (Pick<Payable, 'accountNumber' | 'address'> & { amount: Kopecks; shares: Share[] })[]
}

/**
 * What a payment would be for. Nothing is kept. An amount left as the form offered it, for another choice of months than the
 * payer's, becomes that of their month: without JavaScript it cannot follow by itself. Invalid: `amount` beyond the limits, `accountNumber` not theirs. */
export async function preview(
  subscriber: Subscriber,
  input: PaymentInput,
  now: Date,
): Promise<Result<Preview>> {
  const own = await payableOf(subscriber, now)
  const parts = input.parts.flatMap(({ accountNumber, amount: typed, period }) => {
    const account = own.find((one) => one.accountNumber === accountNumber)
    if (!account) return []
    const amount = amountMeant(typed, period, account)
    return [
      { accountNumber, address: account.address, amount, shares: allocate(amount, period, account.debts) },
    ]
  })
  const total = sumKopecks(parts.map((part) => part.amount))
  const problem = amountProblem(total, input.method, (await currentSettings()).payments)
  if (problem && parts.length === input.parts.length) return invalid({ amount: problem })
  return parts.length === input.parts.length
    ? ok({ total, parts })
    : invalid({ accountNumber: 'Проверьте номер счёта: он напечатан в квитанции' })
}

function amountMeant(typed: Kopecks, chosen: Period | null, { owed, debts }: Payable): Kopecks {
  const month = payableMonths(debts).find(({ period }) => period === chosen)
  const offered = [owed, ...debts.map(({ due }) => due)]
  return month && offered.includes(typed) ? month.due : typed
}
