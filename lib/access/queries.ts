import { and, desc, eq, exists, ilike, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Reader } from '@/db/client'
import {
  accessRequests,
  accountAccess,
  accounts,
  blocks,
  credentialLinks,
  sessions,
  users,
} from '@/db/schema'
import { tokenHash } from '@/lib/mail/link-token'
import type { Staff } from '@/lib/session/require'
import { isLive } from '@/lib/session/sessions'
import { type LinkState, linkState } from './rules'

const PAGE = 50

/** What the link behind a token is worth; looking changes nothing. */
export async function credentialsLink(token: string, now: Date): Promise<LinkState | 'unknown'> {
  const [link] = await db()
    .select({
      usedAt: credentialLinks.usedAt,
      revokedAt: credentialLinks.revokedAt,
      expiresAt: credentialLinks.expiresAt,
    })
    .from(credentialLinks)
    .where(eq(credentialLinks.tokenHash, tokenHash(token)))
  return link ? linkState(link, now) : 'unknown'
}

/** Whether the link behind a token asks for the last digits of an account as well: not of somebody who has none, a helper. */
export async function linkAsksDigits(token: string): Promise<boolean> {
  const [link] = await db()
    .select({ userId: credentialLinks.userId })
    .from(credentialLinks)
    .where(eq(credentialLinks.tokenHash, tokenHash(token)))
  return link !== undefined && (await accountNumbersOf(db(), link.userId)).length > 0
}

/** Numbers of the accounts a user sees now. */
export async function accountNumbersOf(reader: Reader, userId: string): Promise<string[]> {
  const found = await reader
    .select({ accountNumber: accounts.accountNumber })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .where(and(eq(accountAccess.userId, userId), isNull(accountAccess.endedAt)))
  return found.map((row) => row.accountNumber)
}

/** Subscribers by login, surname, e-mail or account number; the newest first, at most 50. */
export async function findPeople(_staff: Staff, search: string) {
  return db()
    .select({
      id: users.id,
      login: users.login,
      name: fullName,
      email: users.email,
      createdAt: users.createdAt,
      activated: sql<boolean>`${users.passwordHash} is not null`,
      blocked: sql<boolean>`${blocks.id} is not null`,
      accountNumbers: numbersOfUser,
    })
    .from(users)
    .leftJoin(blocks, and(eq(blocks.userId, users.id), isNull(blocks.unblockedAt)))
    .where(and(eq(users.kind, 'subscriber'), search ? matches(search) : undefined))
    .orderBy(desc(users.createdAt))
    .limit(PAGE)
}

/** Everything a person's page shows; undefined for an id that is no subscriber's. */
export async function personForStaff(_staff: Staff, userId: string, now: Date) {
  const [person] = await db()
    .select({
      id: users.id,
      login: users.login,
      name: fullName,
      email: users.email,
      phone: users.phone,
      createdAt: users.createdAt,
      activated: sql<boolean>`${users.passwordHash} is not null`,
    })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.kind, 'subscriber')))
  if (!person) return undefined
  const [access, history, signIns] = await Promise.all([
    accessOf(userId),
    blocksOf(userId),
    signInsOf(userId, now),
  ])
  return { ...person, access, signIns, history, block: history.find((block) => !block.unblockedAt) }
}

async function accessOf(userId: string) {
  return db()
    .select({
      accountNumber: accounts.accountNumber,
      address: accounts.address,
      grantedAt: accountAccess.grantedAt,
      endedAt: accountAccess.endedAt,
      requestId: accessRequests.id,
      requestNumber: accessRequests.number,
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .leftJoin(accessRequests, eq(accessRequests.id, accountAccess.requestId))
    .where(eq(accountAccess.userId, userId))
    .orderBy(accounts.accountNumber)
}

async function blocksOf(userId: string) {
  const blocker = alias(users, 'blocker')
  const unblocker = alias(users, 'unblocker')
  return db()
    .select({
      blockedAt: blocks.blockedAt,
      blockedBy: blocker.login,
      blockReason: blocks.blockReason,
      unblockedAt: blocks.unblockedAt,
      unblockedBy: unblocker.login,
      unblockReason: blocks.unblockReason,
    })
    .from(blocks)
    .innerJoin(blocker, eq(blocker.id, blocks.blockedBy))
    .leftJoin(unblocker, eq(unblocker.id, blocks.unblockedBy))
    .where(eq(blocks.userId, userId))
    .orderBy(desc(blocks.blockedAt))
}

async function signInsOf(userId: string, now: Date) {
  const rows = await db()
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt))
    .limit(10)
  return rows.map((row) => ({
    createdAt: row.createdAt,
    lastSeenAt: row.lastSeenAt,
    mode: row.mode,
    device: row.device,
    address: row.address,
    live: isLive(row, now),
  }))
}

/** «Иванова Мария Петровна» of a row of users. */
export const fullName = sql<string>`concat_ws(' ', ${users.lastName}, ${users.firstName}, nullif(${users.patronymic}, ''))`

const numbersOfUser = sql<string[]>`array(
  select ${accounts.accountNumber} from ${accountAccess} join ${accounts} on ${accounts.id} = ${accountAccess.accountId}
  where ${accountAccess.userId} = ${users.id} and ${accountAccess.endedAt} is null order by 1)`

function matches(search: string) {
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return or(
    ilike(users.login, pattern),
    ilike(users.email, pattern),
    ilike(fullName, pattern),
    exists(
      db()
        .select({ one: sql`1` })
        .from(accountAccess)
        .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
        .where(and(eq(accountAccess.userId, users.id), eq(accounts.accountNumber, search))),
    ),
  )
}
