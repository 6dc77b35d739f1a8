import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { users } from '@/db/schema'
import { accountsOf } from '@/lib/accounts/queries'
import { balance } from '@/lib/ledger/balance'
import { invalid, ok, type Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { type Kopecks, sumKopecks, ZERO } from '@/lib/units/money'
import { allocate, type Debt, type Share } from './allocation'
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

/** What a payment would be for. Nothing is kept. Invalid: `amount` beyond the limits, `accountNumber` not theirs. */
export async function preview(
  subscriber: Subscriber,
  input: PaymentInput,
  now: Date,
): Promise<Result<Preview>> {
  const total = sumKopecks(input.parts.map((part) => part.amount))
  const problem = amountProblem(total, input.method, (await currentSettings()).payments)
  if (problem) return invalid({ amount: problem })
  const own = await payableOf(subscriber, now)
  const parts = input.parts.flatMap(({ accountNumber, amount, period }) => {
    const account = own.find((one) => one.accountNumber === accountNumber)
    if (!account) return []
    return [
      { accountNumber, address: account.address, amount, shares: allocate(amount, period, account.debts) },
    ]
  })
  return parts.length === input.parts.length
    ? ok({ total, parts })
    : invalid({ accountNumber: 'Проверьте номер счёта: он напечатан в квитанции' })
}
