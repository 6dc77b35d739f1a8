import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { blocks, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { logRefusal } from '@/lib/log'
import { oweNewDevice } from './new-device'
import { BusyError, verifyPassword } from './passwords'
import { startSession } from './sessions'
import { type Count, giveBack, spent, take } from './throttle'

export interface SignInAttempt {
  login: string
  password: string
  /** «Чужой компьютер». */
  shared: boolean
  address: string
  device: string
  /** The browser has signed in with this login before. */
  knownDevice: boolean
  now: Date
}

export type SignInOutcome =
  | { kind: 'signed-in'; sessionId: string }
  | { kind: 'wrong' }
  | { kind: 'blocked' }
  | { kind: 'busy' }
  | { kind: 'throttled'; minutes: number }

/**
 * Checks a login and a password and starts a session. Throttled before any hashing; unknown login, wrong
 * password and a user without a password yet get the same answer in the same time; a block is told only
 * after the right password.
 */
export async function signInWithPassword(attempt: SignInAttempt): Promise<SignInOutcome> {
  const counts = countsOf(attempt)
  const free = await take(counts)
  if (free !== 'free') return { kind: 'throttled', minutes: free.minutes }
  const user = await findUser(attempt.login)
  const outcome = await withPassword(user, attempt, counts)
  if (outcome.kind !== 'signed-in') logRefusal('sign-in refused', { code: outcome.kind, user: user?.id })
  return outcome
}

async function withPassword(
  user: User | undefined,
  attempt: SignInAttempt,
  counts: readonly Count[],
): Promise<SignInOutcome> {
  try {
    if (!(await verifyPassword(attempt.password, user?.passwordHash ?? null)) || !user)
      return { kind: 'wrong' }
  } catch (error) {
    if (error instanceof BusyError) return { kind: 'busy' }
    throw error
  }
  await giveBack(counts)
  // A browser that is known counts apart: its owner's slips are no guessing.
  const failures = attempt.knownDevice ? 0 : await spent(['sign-in-login', attempt.login])
  return begin(user, attempt, failures)
}

function countsOf({ address, login, knownDevice }: SignInAttempt): Count[] {
  return [
    ['sign-in-address', address],
    [knownDevice ? 'sign-in-device' : 'sign-in-login', login],
  ]
}

type User = Pick<typeof users.$inferSelect, 'id' | 'kind' | 'login' | 'passwordHash'>

async function findUser(login: string): Promise<User | undefined> {
  const [user] = await db()
    .select({ id: users.id, kind: users.kind, login: users.login, passwordHash: users.passwordHash })
    .from(users)
    .where(eq(users.login, login.trim().toLowerCase()))
  return user
}

/** Starts the session. The user's row is held, so that no block and no other password can slip in between. */
async function begin(
  user: User,
  { shared, address, device, knownDevice: known, now }: SignInAttempt,
  failures: number,
): Promise<SignInOutcome> {
  return db().transaction(async (tx) => {
    const [held] = await tx
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.id, user.id))
      .for('update')
    const [block] = await tx
      .select({ id: blocks.id })
      .from(blocks)
      .where(and(eq(blocks.userId, user.id), isNull(blocks.unblockedAt)))
    if (block) return { kind: 'blocked' }
    if (held?.passwordHash !== user.passwordHash) return { kind: 'wrong' }
    const mode = user.kind === 'staff' ? 'staff' : shared ? 'shared' : 'own'
    const knownDevice = known && mode !== 'shared'
    if (!knownDevice) await oweNewDevice(tx, user.id, { device, now })
    const sessionId = await startSession(tx, { userId: user.id, mode, device, address, knownDevice, now })
    await record(
      tx,
      { userId: user.id, login: user.login, address },
      {
        action: 'session.started',
        subject: { kind: 'user', id: user.id, label: user.login },
        after: failures > 0 ? { mode, failures } : { mode },
      },
    )
    return { kind: 'signed-in', sessionId }
  })
}
