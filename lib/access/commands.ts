import { and, desc, eq, isNull } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accountAccess, accounts, blocks, ownerChanges, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { revokeSessionsOf } from '@/lib/session/sessions'
import { issueLink, revokeLinks } from './links'
import { createSubscriber, findPerson } from './people'
import { accountNumbersOf } from './queries'

/** What an approved request says about the person. */
export interface Grantee {
  requestId: string
  /** The user who asked for it in their cabinet; undefined for a request from outside. */
  askedBy?: string | undefined
  number: string
  accountId: number
  accountNumber: string
  lastName: string
  firstName: string
  patronymic: string
  email: string
  phone: string
}

/**
 * Gives the person of an approved request access to the account, in the caller's transaction: makes the user
 * (or finds the one who asked, or of the same name and e-mail), and owes the letter with the login and, when there is no
 * password yet, the one-time link.
 */
export async function grantAccess(
  tx: Tx,
  staff: Staff,
  request: Grantee,
  now: Date,
): Promise<{ userId: string }> {
  const asked = request.askedBy ? await lockSubscriber(tx, request.askedBy) : undefined
  const user = asked ?? (await findPerson(tx, request)) ?? (await createSubscriber(tx, staff, request))
  await tx
    .insert(accountAccess)
    .values({
      userId: user.id,
      accountId: request.accountId,
      grantedAt: now,
      grantedBy: staff.userId,
      requestId: request.requestId,
      seesFrom: await presentHolderSince(tx, request.accountId),
    })
    .onConflictDoNothing()
  await record(tx, staff, {
    action: 'access.granted',
    subject: { kind: 'user', id: user.id, label: user.login },
    after: { account: request.accountNumber, request: request.number },
  })
  await tellUser(tx, user, request, now)
  return { userId: user.id }
}

/**
 * The day from which the account is its present holder's; null when it never changed hands. Until the transaction ends it does
 * not: a change that ends every access would miss the one that is being given.
 */
async function presentHolderSince(tx: Tx, accountId: number) {
  await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, accountId)).for('share')
  const [last] = await tx
    .select({ changedOn: ownerChanges.changedOn })
    .from(ownerChanges)
    .where(eq(ownerChanges.accountId, accountId))
    .orderBy(desc(ownerChanges.changedOn))
    .limit(1)
  return last?.changedOn ?? null
}

async function tellUser(
  tx: Tx,
  user: { id: string; login: string; email: string; passwordHash: string | null },
  { number, accountNumber }: Grantee,
  now: Date,
): Promise<void> {
  if (user.passwordHash || (await isBlocked(tx, user.id))) {
    await owe(tx, 'account-added', user.email, { number, accountNumber, login: user.login })
    return
  }
  const linkId = await issueLink(tx, user.id, 'activation', now)
  await owe(tx, 'access-granted', user.email, { number, accountNumber, login: user.login, linkId })
}

/**
 * Blocks a subscriber without notice (agreement clause 3.2): sessions and unused links die in the same transaction.
 * Refused: `unknown`, `blocked` (already).
 */
export async function blockUser(
  staff: Staff,
  input: { userId: string; reason: string },
  now: Date,
): Promise<Result<undefined, 'unknown' | 'blocked'>> {
  return db().transaction(async (tx) => {
    const user = await lockSubscriber(tx, input.userId)
    if (!user) return refused('unknown', 'Такого пользователя нет.')
    if (await isBlocked(tx, user.id))
      return refused('blocked', 'Этот пользователь уже заблокирован. Обновите страницу.')
    await blockWithin(tx, staff, user, input.reason, now)
    return ok()
  })
}

/** Blocks a subscriber whose row the caller holds and who is not blocked. */
export async function blockWithin(
  tx: Tx,
  staff: Staff,
  user: { id: string; login: string },
  reason: string,
  now: Date,
): Promise<void> {
  await closeAccess(tx, staff, { userId: user.id, reason }, now)
  await record(tx, staff, { action: 'user.blocked', subject: subjectOf(user), after: { reason } })
}

/** Begins a block: sessions and unused links die with it. The caller holds the user's row. */
export async function closeAccess(
  tx: Tx,
  staff: Staff,
  { userId, reason }: { userId: string; reason: string },
  now: Date,
): Promise<void> {
  await tx.insert(blocks).values({ userId, blockedAt: now, blockedBy: staff.userId, blockReason: reason })
  await revokeSessionsOf(tx, userId, 'block')
  await revokeLinks(tx, userId, now)
}

/**
 * Ends a block. The old password dies with it: the person gets a link to set a new one.
 * Refused: `unknown`, `free` (not blocked).
 */
export async function unblockUser(
  staff: Staff,
  input: { userId: string; reason: string },
  now: Date,
): Promise<Result<undefined, 'unknown' | 'free'>> {
  return db().transaction(async (tx) => {
    const user = await lockSubscriber(tx, input.userId)
    if (!user) return refused('unknown', 'Такого пользователя нет.')
    const linkId = await reopenAccess(tx, staff, input, now)
    if (!linkId) return refused('free', 'Этот пользователь не заблокирован. Обновите страницу.')
    const digits = (await accountNumbersOf(tx, user.id)).length > 0
    await owe(tx, 'access-restored', user.email, { login: user.login, linkId, digits })
    await record(tx, staff, {
      action: 'user.unblocked',
      subject: subjectOf(user),
      after: { reason: input.reason },
    })
    return ok()
  })
}

/** Ends the block in force and the password with it. @returns the link for a new one; undefined when there is no block */
export async function reopenAccess(
  tx: Tx,
  staff: Staff,
  { userId, reason }: { userId: string; reason: string },
  now: Date,
): Promise<string | undefined> {
  const [ended] = await tx
    .update(blocks)
    .set({ unblockedAt: now, unblockedBy: staff.userId, unblockReason: reason })
    .where(and(eq(blocks.userId, userId), isNull(blocks.unblockedAt)))
    .returning({ id: blocks.id })
  if (!ended) return undefined
  await tx.update(users).set({ passwordHash: null }).where(eq(users.id, userId))
  return issueLink(tx, userId, 'activation', now)
}

/** Holds a subscriber's row until the transaction ends; undefined when there is none of that id. */
export async function lockSubscriber(tx: Tx, userId: string) {
  const [user] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), eq(users.kind, 'subscriber')))
    .for('update')
  return user
}

/** Whether a block of that user is in force. */
export async function isBlocked(tx: Tx, userId: string): Promise<boolean> {
  const [block] = await tx
    .select({ id: blocks.id })
    .from(blocks)
    .where(and(eq(blocks.userId, userId), isNull(blocks.unblockedAt)))
  return block !== undefined
}

function subjectOf(user: { id: string; login: string }) {
  return { kind: 'user', id: user.id, label: user.login } as const
}
