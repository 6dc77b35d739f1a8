import { and, eq, isNull, ne } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accounts, helperAccess, users } from '@/db/schema'
import { createSubscriber, findPerson } from '@/lib/access/people'
import { ownedBy } from '@/lib/accounts/queries'
import { type Actor, record, visitor } from '@/lib/audit/record'
import { recordAcceptance } from '@/lib/documents/commands'
import { tokenHash } from '@/lib/mail/link-token'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { passwordProblem } from '@/lib/session/password-rules'
import { BusyError, hashPassword } from '@/lib/session/passwords'
import type { Subscriber } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'
import { endRow, subjectOf } from './ending'
import { termColumns } from './queries'
import { type HelperState, helperState } from './rules'
import type { Registration } from './schema'

/**
 * «Принять» by somebody who is signed in: whoever holds the link, which only its mailbox has. The same person pressing
 * again gets the same answer. Refused: `dead` (used by another, withdrawn, out of time, unknown), `own` (they hold the
 * account themselves), `already` (they help with it by another invitation).
 * @returns the id of the access, which is the address of the helper's page
 */
export async function acceptInvitation(
  subscriber: Subscriber,
  token: string,
  now: Date,
): Promise<Result<{ id: string }, 'dead' | 'own' | 'already'>> {
  return db().transaction(async (tx) => {
    const invitation = await holdInvitation(tx, token, now)
    if (invitation?.state === 'active' && invitation.helperId === subscriber.userId)
      return ok({ id: invitation.id })
    if (invitation?.state !== 'invited') return dead()
    // Two invitations accepted by one person at once go one after the other.
    await tx.select({ id: users.id }).from(users).where(eq(users.id, subscriber.userId)).for('no key update')
    const [own] = await tx
      .select({ id: accounts.id })
      .from(accounts)
      .where(and(eq(accounts.id, invitation.account.id), ownedBy(subscriber, accounts.id)))
    if (own) return refused('own', 'Этот счёт и так есть в вашем кабинете: помощник вам не нужен.')
    if (await helpsAlready(tx, subscriber, invitation, now))
      return refused('already', 'Вы уже помогаете с этим счётом по другому приглашению.')
    await accept(tx, subscriber, invitation, now)
    return ok({ id: invitation.id })
  })
}

/**
 * Makes a sign-in for somebody invited who has none and accepts the invitation with it: the link proves the e-mail. The
 * login goes by letter. `invalid` for a weak password; refused: `dead`, `known` (that person has a sign-in), `throttled`,
 * `busy`.
 */
export async function registerHelper(
  input: Registration,
  from: { address: string },
  now: Date,
): Promise<Result<undefined, 'dead' | 'known' | 'throttled' | 'busy'>> {
  const [named] = await db()
    .select({ email: helperAccess.email })
    .from(helperAccess)
    .where(eq(helperAccess.tokenHash, tokenHash(input.token)))
  if (!named) return dead()
  const problem = passwordProblem(input.password, named.email.split('@'))
  if (problem) return invalid({ password: problem })
  const free = await take([['helper-address', from.address]])
  if (free !== 'free')
    return refused('throttled', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  try {
    const passwordHash = await hashPassword(input.password)
    return await db().transaction((tx) => register(tx, { ...input, passwordHash }, from.address, now))
  } catch (error) {
    if (error instanceof BusyError)
      return refused('busy', 'Сейчас слишком много входов. Попробуйте через минуту.')
    throw error
  }
}

async function register(
  tx: Tx,
  { token, lastName, firstName, patronymic, passwordHash }: Registration & { passwordHash: string },
  address: string,
  now: Date,
): Promise<Result<undefined, 'dead' | 'known'>> {
  const invitation = await holdInvitation(tx, token, now)
  if (invitation?.state !== 'invited') return dead()
  const person = { lastName, firstName, patronymic, email: invitation.email }
  if (await findPerson(tx, person)) return refused('known', KNOWN)
  const user = await createSubscriber(tx, visitor(address), { ...person, passwordHash, createdAt: now })
  await recordAcceptance(tx, { userId: user.id }, { address, now })
  await owe(tx, 'helper-welcome', user.email, { login: user.login })
  await accept(tx, { userId: user.id, login: user.login, address }, invitation, now)
  return ok()
}

const KNOWN =
  'На это имя и эту почту вход уже есть. Войдите с ним; если пароль забыт, на странице входа есть ссылка.'

interface HeldInvitation {
  id: string
  state: HelperState
  helperId: string | null
  name: string
  email: string
  until: (typeof helperAccess.$inferSelect)['until']
  account: { id: number; accountNumber: string }
  holder: { id: string; email: string }
}

/** The invitation behind a token, held until the transaction ends: of many who accept at once one does. */
async function holdInvitation(tx: Tx, token: string, now: Date): Promise<HeldInvitation | undefined> {
  const [found] = await tx
    .select({
      id: helperAccess.id,
      helperId: helperAccess.helperId,
      name: helperAccess.name,
      email: helperAccess.email,
      account: { id: accounts.id, accountNumber: accounts.accountNumber },
      holder: { id: users.id, email: users.email },
      ...termColumns,
    })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .innerJoin(users, eq(users.id, helperAccess.holderId))
    .where(eq(helperAccess.tokenHash, tokenHash(token)))
    .for('update', { of: helperAccess })
  return found && { ...found, state: helperState(found, now) }
}

/** Whether another access of theirs to the account is in force; one that no longer is makes room. */
async function helpsAlready(
  tx: Tx,
  actor: Actor & { userId: string },
  { id, account }: HeldInvitation,
  now: Date,
): Promise<boolean> {
  const others = await tx
    .select({ id: helperAccess.id, ...termColumns })
    .from(helperAccess)
    .innerJoin(accounts, eq(accounts.id, helperAccess.accountId))
    .where(
      and(
        eq(helperAccess.accountId, account.id),
        eq(helperAccess.helperId, actor.userId),
        ne(helperAccess.id, id),
        isNull(helperAccess.endedAt),
      ),
    )
  for (const other of others) {
    const state = helperState(other, now)
    if (state === 'active') return true
    const endReason = state === 'over' ? null : 'access-ended'
    await endRow(tx, actor, other.id, { endReason, by: 'replaced' }, now)
  }
  return false
}

async function accept(
  tx: Tx,
  actor: Actor & { userId: string },
  { id, name, until, account, holder }: HeldInvitation,
  now: Date,
): Promise<void> {
  await tx
    .update(helperAccess)
    .set({ helperId: actor.userId, acceptedAt: now })
    .where(eq(helperAccess.id, id))
  await owe(tx, 'helper-accepted', holder.email, { name, accountNumber: account.accountNumber, until })
  await record(tx, actor, {
    action: 'helper.accepted',
    subject: subjectOf(account),
    after: { helper: actor.login, until },
  })
}

function dead() {
  return refused('dead' as const, 'Приглашение больше не действует. Попросите прислать новое.')
}
