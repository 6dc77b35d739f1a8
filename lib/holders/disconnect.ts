import { and, desc, eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accountAccess, accounts, disconnections } from '@/db/schema'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { day, moscowDay } from '@/lib/units/day'
import { endAccesses } from './ending'
import { dayProblem } from './rules'
import { readScan } from './scan'
import type { DisconnectInput } from './schema'

/** The service is younger than any application to it. */
const FIRST_DAY = day('2020-01-01')

/**
 * «Отключить счёт» of one person by their written application (agreement, clause 3.3): the next request finds the account gone;
 * sign-ins go on, the company keeps the history. The same application again is one. `invalid`: `day`, `scan`; refused: `absent`
 * (no such account or no access of theirs), `ended` (already, otherwise).
 */
export async function disconnectAccount(
  staff: Staff,
  input: DisconnectInput,
  now: Date,
): Promise<Result<undefined, 'absent' | 'ended'>> {
  const problem = dayProblem(input.day, moscowDay(now), FIRST_DAY)
  if (problem) return invalid({ day: problem })
  const scan = input.scan && (await readScan(input.scan))
  if (input.scan && !scan) return invalid({ scan: 'Нужен снимок JPEG или PNG, или файл PDF.' })
  const { number, note, userId } = input
  return db().transaction(async (tx) => {
    const [account] = await tx
      .select({ id: accounts.id, accountNumber: accounts.accountNumber })
      .from(accounts)
      .where(eq(accounts.accountNumber, input.account))
      .for('no key update')
    if (!account) return refused('absent', 'Такого счёта нет.')
    const ground = { kind: 'application' as const, number, day: input.day, note, scan }
    const [ended] = await endAccesses(tx, staff, account, { userId, ground, now })
    if (!ended) return before(tx, account.id, userId, number)
    await owe(tx, 'account-disconnected', ended.email, {
      accountNumber: account.accountNumber,
      application: { number, day: input.day },
    })
    return ok()
  })
}

/** What to answer when no access stands: the same application has ended it, another thing has, or there never was one. */
async function before(
  tx: Tx,
  accountId: number,
  userId: string,
  number: string,
): Promise<Result<undefined, 'absent' | 'ended'>> {
  const [last] = await tx
    .select({ number: disconnections.applicationNumber })
    .from(accountAccess)
    .leftJoin(disconnections, eq(disconnections.accessId, accountAccess.id))
    .where(and(eq(accountAccess.accountId, accountId), eq(accountAccess.userId, userId)))
    .orderBy(desc(accountAccess.endedAt))
    .limit(1)
  if (!last) return refused('absent', 'У этого человека нет доступа к такому счёту.')
  if (last.number === number) return ok()
  return refused('ended', 'Этот счёт у человека уже отключён. Обновите страницу.')
}
