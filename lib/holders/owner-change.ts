import { and, desc, eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { accountAccess, accounts, ownerChanges, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { leftBehind } from '@/lib/ledger/own-part'
import { owe } from '@/lib/mail/owe'
import { onAccount } from '@/lib/readings/by-staff'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { addDays, type CalendarDay, formatDay, moscowDay } from '@/lib/units/day'
import { enterClosing } from './closing-readings'
import { endAccesses } from './ending'
import { issueFinal } from './final-statement'
import { dayProblem } from './rules'
import type { OwnerInput } from './schema'

type Account = typeof accounts.$inferSelect
type Change = typeof ownerChanges.$inferSelect
type Refusal = 'absent' | 'busy' | 'changed' | 'conflict'

/** Papers come late, but not by years. */
const LATE_DAYS = 1_100

/**
 * «Смена собственника» in one act: closing readings, what the former holder leaves, their last statement, the end of every access
 * they gave or had, the new holder's name and, if they are a user already, their access from that day on. The same act sent again
 * is one; of two at once one is done. `invalid` by field; refused: `absent`, `busy`, `conflict`, `changed` (by somebody else, says who).
 */
export function changeOwner(
  staff: Staff,
  input: OwnerInput,
  now: Date,
): Promise<Result<{ id: string }, Refusal>> {
  return onAccount<{ id: string }, 'changed' | 'conflict' | 'absent'>(
    { number: input.account },
    async (tx, held) => {
      const [account] = await tx.select().from(accounts).where(eq(accounts.id, held.id))
      if (!account) return refused('absent', 'Такого счёта нет.')
      const last = await lastChange(tx, account.id)
      if (last && isSame(last.change, staff, input)) return ok({ id: last.change.id })
      if (last && last.change.changedOn >= input.day) return refused('changed', changedWords(last))
      const problem = dayProblem(input.day, moscowDay(now), addDays(moscowDay(now), -LATE_DAYS))
      if (problem) return invalid({ day: problem })
      const newcomer = await newcomerOf(tx, input.login)
      if (newcomer === 'unknown') return invalid({ login: 'Жильца с таким логином нет.' })
      const closing = await enterClosing(tx, staff, account, input, now)
      if (closing.status !== 'ok') return closing
      const id = await write(tx, staff, { account, last: last?.change, input, newcomer, now }, closing.value)
      return ok({ id })
    },
  )
}

interface Act {
  account: Account
  last: Change | undefined
  input: OwnerInput
  newcomer: Newcomer | undefined
  now: Date
}

async function write(tx: Tx, staff: Staff, act: Act, notRead: Map<number, string>): Promise<string> {
  const { account, last, input, newcomer, now } = act
  const closingBalance = await leftBehind(tx, account.id, {
    since: last?.changedOn,
    changedOn: input.day,
  })
  const [change] = await tx
    .insert(ownerChanges)
    .values({
      ...{ accountId: account.id, changedOn: input.day, basis: input.basis, closingBalance },
      ...{ formerHolder: account.holderName, newHolder: input.newHolder },
      ...{ recordedAt: now, recordedBy: staff.userId },
    })
    .returning()
  if (!change) throw new Error('the change was not stored')
  const ended = await endAccesses(tx, staff, account, {
    ground: { kind: 'owner-change', ownerChangeId: change.id },
    now,
  })
  const since = last?.changedOn
  const papers = await issueFinal(tx, { account, change, since, notRead, to: ended, now })
  for (const { userId, email } of ended)
    await owe(tx, 'account-disconnected', email, {
      accountNumber: account.accountNumber,
      ownerChange: { day: input.day, paperId: papers.get(userId) },
    })
  await tx
    .update(accounts)
    .set({ holderName: input.newHolder, updatedAt: now })
    .where(eq(accounts.id, account.id))
  await record(tx, staff, {
    action: 'owner.changed',
    subject: { kind: 'account', id: String(account.id), label: account.accountNumber },
    after: { since: input.day, balance: String(closingBalance), people: ended.length },
  })
  if (newcomer) await admit(tx, staff, account, newcomer, input.day, now)
  return change.id
}

async function lastChange(tx: Tx, accountId: number) {
  const [last] = await tx
    .select({ change: ownerChanges, by: users.login })
    .from(ownerChanges)
    .innerJoin(users, eq(users.id, ownerChanges.recordedBy))
    .where(eq(ownerChanges.accountId, accountId))
    .orderBy(desc(ownerChanges.changedOn))
    .limit(1)
  return last
}

function isSame(last: Change, staff: Staff, { day, basis, newHolder }: OwnerInput): boolean {
  return (
    last.recordedBy === staff.userId &&
    last.changedOn === day &&
    last.basis === basis &&
    last.newHolder === newHolder
  )
}

function changedWords({ change, by }: { change: Change; by: string }): string {
  return `Смену собственника с ${formatDay(change.changedOn)} уже записал(а) ${by}. Новая может быть только позже.`
}

type Newcomer = Pick<typeof users.$inferSelect, 'id' | 'login' | 'email'>

/** The subscriber of that login; undefined when none was named. */
async function newcomerOf(tx: Tx, login: string): Promise<Newcomer | 'unknown' | undefined> {
  if (!login) return undefined
  const [user] = await tx
    .select({ id: users.id, login: users.login, email: users.email })
    .from(users)
    .where(and(eq(users.login, login.toLowerCase()), eq(users.kind, 'subscriber')))
  return user ?? 'unknown'
}

async function admit(
  tx: Tx,
  staff: Staff,
  { id, accountNumber }: Account,
  user: Newcomer,
  seesFrom: CalendarDay,
  now: Date,
): Promise<void> {
  await tx
    .insert(accountAccess)
    .values({ userId: user.id, accountId: id, grantedAt: now, grantedBy: staff.userId, seesFrom })
  await record(tx, staff, {
    action: 'access.granted',
    subject: { kind: 'user', id: user.id, label: user.login },
    after: { account: accountNumber, since: seesFrom },
  })
  await owe(tx, 'account-received', user.email, { accountNumber, login: user.login, since: seesFrom })
}
