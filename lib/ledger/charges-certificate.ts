import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { issueCertificate } from '@/lib/papers/commands'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { moscowDay } from '@/lib/units/day'
import { sumKopecks } from '@/lib/units/money'
import { addMonths, type Period } from '@/lib/units/period'
import { linesBetween } from './history'
import { ownScope } from './queries'
import { byService, monthsOf, type PeriodRow } from './year'

/** The first month and the last of a certificate. */
export interface Months {
  from: Period
  to: Period
}

/**
 * «Справка о начислениях за период» on the subscriber's own account, by billing's figures as they stand now. The same
 * figures asked for again the same day are the same paper. Invalid: `to` before `from`. Refused: `absent` (another's
 * account), `nothing` charged in those months.
 */
export async function issueCharges(
  subscriber: Subscriber,
  accountNumber: string,
  { from, to }: Months,
  now: Date,
): Promise<Result<{ id: string }, 'absent' | 'nothing'>> {
  if (to < from) return invalid({ to: 'Последний месяц раньше первого: поменяйте их местами' })
  const [account] = await db()
    .select()
    .from(accounts)
    .where(and(eq(accounts.accountNumber, accountNumber), ownedBy(subscriber, accounts.id)))
  if (!account) return refused('absent', 'Такого счёта у вас нет.')
  const lines = await linesBetween(ownScope(subscriber, account.id), from, to)
  if (lines.length === 0)
    return refused('nothing', 'За эти месяцы начислений не было, справка была бы пустой. Выберите другие.')
  const months = monthsOf(lines).reverse()
  const { company } = await currentSettings()
  const { id, address, holderName } = account
  const body = {
    ...{ accountNumber, address, holderName, company: company.fullName, on: moscowDay(now), from, to },
    months: months.map(wordsOf),
    services: byService(lines).services.map(({ name, total }) => ({ name, accrued: String(total) })),
    accrued: String(sumKopecks(months.map((month) => month.accrued))),
    paid: String(sumKopecks(months.map((month) => month.paid))),
  }
  return ok({ id: await issueCertificate(subscriber, { kind: 'charges', accountId: id, body }, now) })
}

function wordsOf({ period, opening, accrued, paid, closing }: PeriodRow) {
  return {
    period,
    opening: String(opening),
    accrued: String(accrued),
    paid: String(paid),
    closing: String(closing),
  }
}

const YEAR = 12

/** What a form offers first: the last year there are charges of. `months` are the known ones, the latest first. */
export function offeredMonths(months: readonly Period[]): Months | undefined {
  const [to] = months
  const first = months.at(-1)
  if (!to || !first) return undefined
  const from = [first, addMonths(to, 1 - YEAR)].sort().at(-1) ?? first
  return { from, to }
}
