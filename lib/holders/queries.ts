import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { accountAccess, accounts, disconnections, ownerChanges, papers, users } from '@/db/schema'
import { leftBehind } from '@/lib/ledger/own-part'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Kopecks } from '@/lib/units/money'

/** Changes of an account's holder, the latest first, each with the former holder's statements. */
export type OwnerChange = Awaited<ReturnType<typeof ownerChangesOf>>[number]

/** How the account changed hands, the latest first. */
export async function ownerChangesOf(_staff: Staff, accountId: number) {
  return db()
    .select({
      id: ownerChanges.id,
      changedOn: ownerChanges.changedOn,
      formerHolder: ownerChanges.formerHolder,
      newHolder: ownerChanges.newHolder,
      basis: ownerChanges.basis,
      closingBalance: ownerChanges.closingBalance,
      recordedAt: ownerChanges.recordedAt,
      recordedBy: users.login,
      paperIds: sql<
        string[]
      >`array(select ${papers.id}::text from ${papers} where ${papers.accountId} = ${ownerChanges.accountId}
        and ${papers.kind} = 'final-statement' and ${papers.issuedAt} = ${ownerChanges.recordedAt} order by ${papers.number})`,
    })
    .from(ownerChanges)
    .innerJoin(users, eq(users.id, ownerChanges.recordedBy))
    .where(eq(ownerChanges.accountId, accountId))
    .orderBy(desc(ownerChanges.changedOn))
}

/** What the present holder would leave on the account, were it another's from that day. */
export async function leftOn(_staff: Staff, accountId: number, changedOn: CalendarDay): Promise<Kopecks> {
  const [last] = await db()
    .select({ changedOn: ownerChanges.changedOn })
    .from(ownerChanges)
    .where(eq(ownerChanges.accountId, accountId))
    .orderBy(desc(ownerChanges.changedOn))
    .limit(1)
  return leftBehind(db(), accountId, { since: last?.changedOn, changedOn })
}

/** Whose access to which account is to be ended; undefined when there is none. */
export async function accessToEnd(_staff: Staff, accountNumber: string, userId: string) {
  if (!z.uuid().safeParse(userId).success) return undefined
  const [found] = await db()
    .select({
      accountNumber: accounts.accountNumber,
      address: accounts.address,
      grantedAt: accountAccess.grantedAt,
      userId: users.id,
      login: users.login,
      name: sql<string>`concat_ws(' ', ${users.lastName}, ${users.firstName}, nullif(${users.patronymic}, ''))`,
    })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .innerJoin(users, eq(users.id, accountAccess.userId))
    .where(
      and(eq(accounts.accountNumber, accountNumber), eq(users.id, userId), isNull(accountAccess.endedAt)),
    )
  return found
}

/** An access that has ended, with what it was ended by. */
export type Disconnection = Awaited<ReturnType<typeof disconnectionsOf>>[number]

/** Ended accesses of an account or of a person, the latest first. */
export async function disconnectionsOf(_staff: Staff, of: { accountId: number } | { userId: string }) {
  return db()
    .select({
      accessId: disconnections.accessId,
      kind: disconnections.kind,
      applicationNumber: disconnections.applicationNumber,
      applicationDay: disconnections.applicationDay,
      note: disconnections.note,
      hasScan: sql<boolean>`${disconnections.scan} is not null`,
      disconnectedAt: disconnections.disconnectedAt,
      accountNumber: accounts.accountNumber,
      userId: users.id,
      login: users.login,
    })
    .from(disconnections)
    .innerJoin(accountAccess, eq(accountAccess.id, disconnections.accessId))
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .innerJoin(users, eq(users.id, accountAccess.userId))
    .where(
      'accountId' in of ? eq(accountAccess.accountId, of.accountId) : eq(accountAccess.userId, of.userId),
    )
    .orderBy(desc(disconnections.disconnectedAt))
}

/** The scan of an application; undefined where there is none. */
export async function scanOf(_staff: Staff, accessId: string) {
  if (!z.uuid().safeParse(accessId).success) return undefined
  const [found] = await db()
    .select({ bytes: disconnections.scan, type: disconnections.scanType })
    .from(disconnections)
    .where(eq(disconnections.accessId, accessId))
  return found?.bytes && found.type ? { bytes: found.bytes, type: found.type } : undefined
}
