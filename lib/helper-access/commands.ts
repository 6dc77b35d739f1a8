import { randomUUID } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, helperAccess, users } from '@/db/schema'
import { ownedBy } from '@/lib/accounts/queries'
import { record } from '@/lib/audit/record'
import { invitationToken, tokenHash } from '@/lib/mail/link-token'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import { type Count, giveBack, inMinutes, take } from '@/lib/session/throttle'
import { formatDay, moscowDay } from '@/lib/units/day'
import { endRow, subjectOf } from './ending'
import { termColumns } from './queries'
import { helperState, INVITATION_MS, MOST_OPEN, shortName, untilProblem } from './rules'
import type { Invitation } from './schema'

/** The same invitation again within this time is a second click, not a second letter. */
const REPEAT_MS = 10 * 60_000

/**
 * «Пригласить помощника»: owes a letter with a one-time link to somebody the holder names. An invitation of the same
 * e-mail that still waits is replaced. `invalid` for a day that is over or too far, and for somebody who helps already;
 * refused: `absent` (no such account of theirs), `full`, `often`.
 */
export async function inviteHelper(
  subscriber: Subscriber,
  input: Invitation,
  now: Date,
): Promise<Result<undefined, 'absent' | 'full' | 'often'>> {
  const problem = untilProblem(input.until, moscowDay(now))
  if (problem) return invalid({ until: problem })
  const counts: Count[] = [
    ['helper-invited', subscriber.userId],
    ['helper-email', input.email],
  ]
  const free = await take(counts)
  if (free !== 'free')
    return refused('often', `Слишком много приглашений подряд. Попробуйте ${inMinutes(free.minutes)}.`)
  const { fresh, result } = await db().transaction((tx) => invite(tx, subscriber, input, now))
  if (!fresh) await giveBack(counts)
  return result
}

/** One invitation for an account at a time: its row is held. `fresh` when a letter is owed. */
async function invite(tx: Tx, subscriber: Subscriber, input: Invitation, now: Date) {
  const [account] = await tx
    .select({ id: accounts.id, accountNumber: accounts.accountNumber, house: accounts.house })
    .from(accounts)
    .where(and(eq(accounts.accountNumber, input.account), ownedBy(subscriber, accounts.id)))
    .for('no key update')
  if (!account) return { fresh: false, result: refused('absent', 'Такого счёта в вашем кабинете нет.') }
  const open = await openOnes(tx, subscriber, account.id, now)
  const same = open.find((one) => one.email.toLowerCase() === input.email.toLowerCase())
  if (same?.state === 'active') {
    const until = formatDay(same.until)
    const message = `Этот человек уже помогает с этим счётом до ${until}. Чтобы изменить срок, сначала отзовите доступ.`
    return { fresh: false, result: invalid({ email: message }) }
  }
  if (same && isRepeat(same, input, now)) return { fresh: false, result: ok() }
  if (same) await endRow(tx, subscriber, same.id, { endReason: 'holder', by: 'replaced' }, now)
  else if (open.length >= MOST_OPEN) return { fresh: false, result: refused('full', FULL) }
  await store(tx, subscriber, account, input, now)
  return { fresh: true, result: ok() }
}

const FULL = `Для одного счёта можно пригласить не больше ${MOST_OPEN} помощников. Отзовите доступ у того, кто больше не помогает.`

/** Helpers and waiting invitations of the holder's for an account. */
async function openOnes(tx: Tx, subscriber: Subscriber, accountId: number, now: Date) {
  const found = await tx
    .select({
      id: helperAccess.id,
      email: helperAccess.email,
      name: helperAccess.name,
      invitedAt: helperAccess.invitedAt,
      ...termColumns,
    })
    .from(helperAccess)
    // A second table keeps the names of tables in the condition's columns.
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .where(
      and(
        eq(helperAccess.holderId, subscriber.userId),
        eq(helperAccess.accountId, accountId),
        isNull(helperAccess.endedAt),
      ),
    )
    .orderBy(desc(helperAccess.invitedAt))
  return found
    .map((one) => ({ ...one, state: helperState(one, now) }))
    .filter(({ state }) => state === 'active' || state === 'invited')
}

function isRepeat(
  { name, until, invitedAt }: { name: string; until: string; invitedAt: Date },
  input: Invitation,
  now: Date,
): boolean {
  return name === input.name && until === input.until && now.getTime() - invitedAt.getTime() < REPEAT_MS
}

async function store(
  tx: Tx,
  subscriber: Subscriber,
  account: { id: number; accountNumber: string; house: string },
  { name, email, until }: Invitation,
  now: Date,
): Promise<void> {
  const id = randomUUID()
  const inviteEndsAt = new Date(now.getTime() + INVITATION_MS)
  await tx.insert(helperAccess).values({
    ...{ id, accountId: account.id, holderId: subscriber.userId, email, name, until },
    ...{ tokenHash: tokenHash(invitationToken(id)), invitedAt: now, inviteEndsAt },
  })
  const [holder] = await tx
    .select({ firstName: users.firstName, lastName: users.lastName })
    .from(users)
    .where(eq(users.id, subscriber.userId))
  if (!holder) throw new Error('a holder without a user')
  await owe(tx, 'helper-invited', email, {
    helperAccessId: id,
    holder: shortName(holder.firstName, holder.lastName),
    house: account.house,
    until,
    acceptBy: moscowDay(inviteEndsAt),
  })
  await record(tx, subscriber, { action: 'helper.invited', subject: subjectOf(account), after: { until } })
}
