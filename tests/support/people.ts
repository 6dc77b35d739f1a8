import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts, documentVersions, sessions, users } from '@/db/schema'
import { recordAcceptance } from '@/lib/documents/commands'
import type { StaffRole } from '@/lib/session/permissions'
import type { Halfway, Staff, Subscriber } from '@/lib/session/require'
import { type SessionMode, sessionHash, startSession } from '@/lib/session/sessions'

let made = 0
const next = () => `${process.env.TEST_WORKER_INDEX ?? 0}${String(++made).padStart(5, '0')}`

/** A row in users. */
export async function makeUser(values: Partial<typeof users.$inferInsert> = {}) {
  const [user] = await db()
    .insert(users)
    .values({
      kind: 'subscriber',
      login: `u${next()}`,
      lastName: 'Королёва-Щукина',
      firstName: 'Анна',
      patronymic: 'Петровна',
      email: `${randomUUID()}@example.ru`,
      ...values,
    })
    .returning()
  if (!user) throw new Error('no user')
  return user
}

/** A member of staff, as `requireStaff` would give; the one place where tests make one. */
export async function makeStaff(
  login = `staff${next()}`,
  roles: StaffRole[] = ['operator', 'billing', 'support', 'administrator'],
): Promise<Staff> {
  const user = await makeUser({ kind: 'staff', login, roles })
  const sessionHash = await makeSession(user.id, 'staff')
  const person = { userId: user.id, login, name: 'Иванова Мария', address: '127.0.0.1' }
  return { ...person, roles, sessionHash } as Partial<Staff> as Staff
}

/** A member of staff who typed the password at that moment, as `requireHalfway` would give; `id` would lie in the cookie. */
export async function makeHalfway(
  user: { id: string; login: string },
  now: Date,
): Promise<{ halfway: Halfway; id: string }> {
  const of = { userId: user.id, mode: 'staff', device: '', address: '127.0.0.1', now } as const
  const id = await db().transaction((tx) => startSession(tx, of))
  const who = { userId: user.id, login: user.login, address: '127.0.0.1', startedAt: now }
  return { halfway: { ...who, sessionHash: sessionHash(id) } as Partial<Halfway> as Halfway, id }
}

/** A subscriber with access to these accounts, as `requireSubscriber` would give; they accepted what is published. */
export async function makeSubscriber(accountIds: readonly number[] = []): Promise<Subscriber> {
  const user = await makeUser()
  for (const accountId of accountIds) await db().insert(accountAccess).values({ userId: user.id, accountId })
  await acceptPublished(user.id)
  return {
    userId: user.id,
    login: user.login,
    name: user.lastName,
    address: '127.0.0.1',
    mode: 'own',
    sessionHash: await makeSession(user.id, 'own'),
  } as Subscriber
}

/** Nothing where a test has published nothing. */
async function acceptPublished(userId: string): Promise<void> {
  if ((await db().$count(documentVersions)) === 0) return
  const given = { address: '127.0.0.1', now: new Date() }
  await db().transaction((tx) => recordAcceptance(tx, { userId }, given))
}

/** A live session, signed in to just now, of staff with their second factor; its hash. */
async function makeSession(userId: string, mode: SessionMode): Promise<Buffer> {
  const now = new Date()
  const of = { userId, mode, device: 'a browser', address: '127.0.0.1', now }
  const hash = sessionHash(await db().transaction((tx) => startSession(tx, of)))
  if (mode === 'staff')
    await db().update(sessions).set({ secondFactorAt: now }).where(eq(sessions.idHash, hash))
  return hash
}

/** An open account of billing's. */
export async function makeAccount(values: Partial<typeof accounts.$inferInsert> = {}) {
  const [account] = await db()
    .insert(accounts)
    .values({
      accountNumber: `0${next()}`,
      holderName: 'Королёва-Щукина Анна Петровна',
      address: '3-й микрорайон, дом 7, кв. 41',
      ...values,
    })
    .returning()
  if (!account) throw new Error('no account')
  return account
}
