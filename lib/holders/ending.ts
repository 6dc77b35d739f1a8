import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { accountAccess, disconnections, paperlessChoices, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { endHelpersOf } from '@/lib/helper-access/ending'
import type { Staff } from '@/lib/session/require'
import type { CalendarDay } from '@/lib/units/day'
import type { Scan } from './scan'

/** Why an access ends. */
export type Ground =
  | { kind: 'application'; number: string; day: CalendarDay; note: string; scan: Scan | undefined }
  | { kind: 'owner-change'; ownerChangeId: string }

/** A user whose access has ended. */
export interface Ended {
  userId: string
  login: string
  email: string
}

/**
 * Ends accesses to an account, in the caller's transaction: of everybody who has it, or of one user. With each go the helpers
 * that user had invited for it and their choice of bills by e-mail. What was done in the account stays as it is.
 */
export async function endAccesses(
  tx: Tx,
  staff: Staff,
  account: { id: number; accountNumber: string },
  { userId, ground, now }: { userId?: string; ground: Ground; now: Date },
): Promise<Ended[]> {
  const whose = userId === undefined ? undefined : eq(accountAccess.userId, userId)
  const ended = await tx
    .update(accountAccess)
    .set({ endedAt: now, endReason: ground.kind, endedBy: staff.userId })
    .where(and(eq(accountAccess.accountId, account.id), isNull(accountAccess.endedAt), whose))
    .returning({ id: accountAccess.id, userId: accountAccess.userId })
  const people: Ended[] = []
  for (const access of ended) {
    await tx.insert(disconnections).values({
      accessId: access.id,
      disconnectedAt: now,
      disconnectedBy: staff.userId,
      ...columnsOf(ground),
    })
    people.push(await endOne(tx, staff, account, { userId: access.userId, ground, now }))
  }
  return people
}

async function endOne(
  tx: Tx,
  staff: Staff,
  account: { id: number; accountNumber: string },
  { userId, ground, now }: { userId: string; ground: Ground; now: Date },
): Promise<Ended> {
  await endHelpersOf(tx, staff, { holderId: userId, accountId: account.id }, now)
  await tx
    .delete(paperlessChoices)
    .where(and(eq(paperlessChoices.accountId, account.id), eq(paperlessChoices.userId, userId)))
  const [user] = await tx
    .select({ userId: users.id, login: users.login, email: users.email })
    .from(users)
    .where(eq(users.id, userId))
  if (!user) throw new Error('an access of nobody')
  await record(tx, staff, {
    action: 'access.ended',
    subject: { kind: 'user', id: userId, label: user.login },
    after: {
      account: account.accountNumber,
      kind: ground.kind,
      ...(ground.kind === 'application' ? { application: ground.number, applicationDay: ground.day } : {}),
    },
  })
  return user
}

function columnsOf(ground: Ground) {
  if (ground.kind === 'owner-change') return { kind: ground.kind, ownerChangeId: ground.ownerChangeId }
  const { kind, number, day, note, scan } = ground
  return {
    ...{ kind, applicationNumber: number, applicationDay: day, note },
    ...{ scan: scan?.bytes ?? null, scanType: scan?.type ?? null },
  }
}
