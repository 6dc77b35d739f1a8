import { randomInt } from 'node:crypto'
import { and, eq, inArray } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { accountAccess, accounts, consents, users } from '@/db/schema'
import { record, SERVICE } from '@/lib/audit/record'
import { recordAcceptance } from '@/lib/documents/commands'
import { hashPassword, verifyPassword } from '@/lib/session/passwords'
import { hasSecret, setSecret } from '@/lib/session/second-factor'
import { newSecret } from '@/lib/session/totp'
import { ONE_HOLDER } from './town'

/** The people of the demo; the addresses of the first and the subscriber mark a database as a demo. */
export const demoPeople = {
  staff: {
    kind: 'staff',
    roles: ['operator', 'billing', 'support', 'administrator'],
    login: 'operator',
    lastName: 'Тихонова',
    firstName: 'Марина',
    patronymic: 'Юрьевна',
    email: 'operator@demo.example.ru',
  },
  auditor: {
    kind: 'staff',
    roles: ['auditor'],
    login: 'revizor',
    lastName: 'Зорин',
    firstName: 'Павел',
    patronymic: 'Андреевич',
    email: 'revizor@demo.example.ru',
  },
  subscriber: {
    kind: 'subscriber',
    roles: [],
    login: 'korolyova',
    lastName: 'Королёва-Щукина',
    firstName: 'Анна',
    patronymic: 'Сергеевна',
    email: 'korolyova@demo.example.ru',
    phone: '+79101234567',
  },
} as const
export type DemoRole = keyof typeof demoPeople

interface DemoUser {
  id: string
  login: string
  passwordHash: string | null
}

/** The demo's user in that role; undefined when the database has none. */
export async function findDemoUser(tx: Tx, role: DemoRole): Promise<DemoUser | undefined> {
  const { login, email } = demoPeople[role]
  const [found] = await tx
    .select({ id: users.id, login: users.login, passwordHash: users.passwordHash })
    .from(users)
    .where(and(eq(users.login, login), eq(users.email, email)))
  return found
}

/** The demo's user in that role, made without a password if it is not there. */
export async function ensureDemoUser(tx: Tx, role: DemoRole): Promise<DemoUser> {
  const known = await findDemoUser(tx, role)
  if (known) return known
  const [made] = await tx
    .insert(users)
    .values({ ...demoPeople[role], roles: [...demoPeople[role].roles] })
    .returning({ id: users.id, login: users.login, passwordHash: users.passwordHash })
  if (!made) throw new Error('an insert returned nothing')
  await record(tx, SERVICE, {
    action: 'user.created',
    subject: { kind: 'user', id: made.id, label: made.login },
  })
  return made
}

/** Gives the demo's subscriber access to both accounts of its person. */
export async function grantBothAccounts(tx: Tx, subscriber: DemoUser, staff: DemoUser): Promise<void> {
  const numbers: string[] = [ONE_HOLDER.first, ONE_HOLDER.second]
  const found = await tx
    .select({ id: accounts.id, accountNumber: accounts.accountNumber })
    .from(accounts)
    .where(inArray(accounts.accountNumber, numbers))
    .orderBy(accounts.accountNumber)
  for (const { id, accountNumber } of found) {
    await tx.insert(accountAccess).values({ userId: subscriber.id, accountId: id, grantedBy: staff.id })
    await record(tx, SERVICE, {
      action: 'access.granted',
      subject: { kind: 'user', id: subscriber.id, label: subscriber.login },
      after: { account: accountNumber },
    })
  }
}

/** The demo's subscriber accepted the documents when they got their access, as everybody did; once. */
export async function ensureAcceptance(tx: Tx, { id }: DemoUser): Promise<void> {
  if ((await tx.$count(consents, eq(consents.userId, id))) > 0) return
  await recordAcceptance(tx, { userId: id }, { address: '', now: new Date() })
}

/** The password of an earlier start if it still fits, else a new one, set. */
export async function ensurePassword(
  tx: Tx,
  user: DemoUser,
  earlier: { login: string; password: string } | undefined,
): Promise<{ login: string; password: string }> {
  const { login } = user
  if (earlier?.login === login && (await verifyPassword(earlier.password, user.passwordHash))) {
    return { login, password: earlier.password }
  }
  const password = readablePassword()
  await tx
    .update(users)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(users.id, user.id))
  await record(tx, SERVICE, { action: 'password.set', subject: { kind: 'user', id: user.id, label: login } })
  return { login, password }
}

/** The secret of an earlier start if it is still the one in force, else a new one, set up. */
export async function ensureSecret(tx: Tx, user: DemoUser, earlier: string | undefined): Promise<string> {
  if (earlier && (await hasSecret(tx, user.id, earlier))) return earlier
  const secret = newSecret()
  await setSecret(tx, user.id, secret, new Date())
  await record(tx, SERVICE, {
    action: 'factor.set',
    subject: { kind: 'user', id: user.id, label: user.login },
  })
  return secret
}

const WORDS =
  'bereza veter gorod doroga yabloko zima iskra kamen lampa more nebo oblako parus reka sosna tuman uzor flag holm chaika shar ezhik yunga yantar kedr limon mayak nitka okno polyana'.split(
    ' ',
  )

/** Four words and two figures: easy to type from a screen, at least 20 characters. */
function readablePassword(): string {
  const words = Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)] ?? '')
  return `${words.join('-')}-${randomInt(10, 100)}`
}
