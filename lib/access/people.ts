import { randomInt } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { users } from '@/db/schema'
import { type Actor, record } from '@/lib/audit/record'
import type { StaffRole } from '@/lib/session/permissions'
import { newLogin, sameName } from './rules'

/** What makes somebody the same person: name and e-mail together. */
interface Person {
  lastName: string
  firstName: string
  patronymic: string
  email: string
}

/**
 * The subscriber of that name and e-mail, held until the transaction ends; undefined when there is none, and then nobody
 * else can make one meanwhile.
 */
export async function findPerson(tx: Tx, person: Person) {
  const email = person.email.toLowerCase()
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('user'), hashtext(${email}))`)
  const found = await tx
    .select()
    .from(users)
    .where(and(eq(sql`lower(${users.email})`, email), eq(users.kind, 'subscriber')))
    // Held, so that a block at the same moment cannot miss the link that is issued here.
    .for('update')
  return found.find((user) =>
    sameName(
      [user.lastName, user.firstName, user.patronymic],
      [person.lastName, person.firstName, person.patronymic],
    ),
  )
}

interface NewSubscriber extends Person {
  phone?: string
  passwordHash?: string
  createdAt?: Date
}

/** Makes a subscriber with a login of the service's choice; without a password until they have set one. */
export async function createSubscriber(
  tx: Tx,
  actor: Actor,
  { lastName, firstName, patronymic, email, phone, passwordHash, createdAt }: NewSubscriber,
) {
  return createUser(tx, actor, {
    kind: 'subscriber',
    lastName,
    firstName,
    patronymic,
    email,
    phone: phone ?? null,
    passwordHash: passwordHash ?? null,
    ...(createdAt ? { createdAt } : {}),
  })
}

/** Makes a member of staff with a login of the service's choice, without a password. */
export async function createStaff(tx: Tx, actor: Actor, person: Person, roles: StaffRole[]) {
  return createUser(tx, actor, { kind: 'staff', roles, ...person })
}

async function createUser(tx: Tx, actor: Actor, values: Omit<typeof users.$inferInsert, 'login'>) {
  for (;;) {
    const [user] = await tx
      .insert(users)
      .values({ ...values, login: newLogin((below) => randomInt(below)) })
      .onConflictDoNothing({ target: users.login })
      .returning()
    if (!user) continue
    await record(tx, actor, {
      action: 'user.created',
      subject: { kind: 'user', id: user.id, label: user.login },
    })
    return user
  }
}
