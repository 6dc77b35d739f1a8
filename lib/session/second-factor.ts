import { hkdfSync } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { recoveryCodes, sessions, staffSecondFactors, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { env } from '@/lib/env'
import { logRefusal } from '@/lib/log'
import { ok, type Result, refused } from '@/lib/result'
import { readSettings } from '@/lib/settings/queries'
import { recoveryCodeHash, recoveryCodesOf } from './recovery-codes'
import type { Halfway, Staff } from './require'
import { open, seal } from './sealed'
import { renewSession } from './sessions'
import { type Count, giveBack, inMinutes, take } from './throttle'
import { codeOf, newSecret, stepAt, stepOf } from './totp'

/** How long after the first code the recovery codes may be looked at. */
const CODES_SHOWN_MS = 10 * 60_000

/** What the code page is for: setting the second factor up, or showing it. `demoCode` is there in the demo company only. */
export type SecondStep =
  | { kind: 'enrol'; secret: string; demoCode?: string }
  | { kind: 'code'; demoCode?: string }

/**
 * What the second step of this sign-in is. A secret nobody has confirmed is made anew for every sign-in, so that one seen
 * earlier by somebody else is worth nothing.
 */
export async function secondStep(halfway: Halfway, now: Date): Promise<SecondStep> {
  await prepareSecret(halfway, now)
  const [factor] = await db()
    .select()
    .from(staffSecondFactors)
    .where(eq(staffSecondFactors.userId, halfway.userId))
  if (!factor) throw new Error('the second factor was not prepared')
  const secret = openSecret(halfway.userId, factor.secret)
  const demo = (await readSettings(db())).demo ? { demoCode: nextCode(secret, factor.lastStep, now) } : {}
  return factor.confirmedAt ? { kind: 'code', ...demo } : { kind: 'enrol', secret, ...demo }
}

async function prepareSecret({ userId, startedAt }: Halfway, now: Date): Promise<void> {
  const secret = sealSecret(userId, newSecret())
  await db()
    .insert(staffSecondFactors)
    .values({ userId, secret, createdAt: now })
    .onConflictDoUpdate({
      target: staffSecondFactors.userId,
      set: { secret, createdAt: now, lastStep: 0 },
      setWhere: sql`${staffSecondFactors.confirmedAt} is null and ${staffSecondFactors.createdAt} < ${startedAt}`,
    })
}

/** The first code that would be taken at that moment. */
function nextCode(secret: string, lastStep: number, now: Date): string {
  return codeOf(secret, Math.max(stepAt(now), lastStep + 1))
}

/** What a right code leads to: the new id of the session, and whether the factor was set up by it. */
export interface Passed {
  sessionId: string
  first: boolean
}

/**
 * Takes the code of an authenticator (this half-minute, the one before or after; each once) or a recovery code (each once)
 * and makes the session whole, under a new id. Five wrong ones in 15 minutes stop further tries, whoever makes them; the
 * first right one sets the factor up, ends the person's other sessions and makes the recovery codes.
 * Refused: `wrong` (also for a code used already), `throttled`, `ended`.
 */
export async function takeCode(
  halfway: Halfway,
  typed: string,
  now: Date,
): Promise<Result<Passed, 'wrong' | 'throttled' | 'ended'>> {
  const counts: Count[] = [['second-factor', halfway.userId]]
  const free = await take(counts)
  if (free !== 'free')
    return refused('throttled', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const result = await db().transaction((tx) => tryCode(tx, halfway, typed, now))
  if (result.status === 'ok') await giveBack(counts)
  else if (result.status === 'refused')
    logRefusal('second factor refused', { code: result.code, user: halfway.userId })
  return result
}

async function tryCode(
  tx: Tx,
  halfway: Halfway,
  typed: string,
  now: Date,
): Promise<Result<Passed, 'wrong' | 'ended'>> {
  const { userId } = halfway
  // Held like at the first step, so that no block slips in between; and of two uses of a code the second sees the first.
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
  const [factor] = await tx.select().from(staffSecondFactors).where(eq(staffSecondFactors.userId, userId))
  const by = factor && (await match(tx, factor, typed, now))
  if (!by) {
    await note(tx, halfway, 'factor.refused')
    return refused('wrong', WRONG)
  }
  const sessionId = await renewSession(tx, halfway.sessionHash, now)
  if (!sessionId) return refused('ended', ENDED)
  const first = !factor.confirmedAt
  if (first) await setUp(tx, halfway, factor.secret, now)
  await note(tx, halfway, 'factor.passed', by)
  return ok({ sessionId, first })
}

const WRONG = 'Код не подошёл. Введите тот, что приложение показывает сейчас: каждый код действует один раз.'
const ENDED = 'Вход закончился. Введите логин и пароль ещё раз.'

type Factor = typeof staffSecondFactors.$inferSelect

/** What the code was, used up by this; undefined when it was nothing. A factor nobody has confirmed has no recovery codes. */
async function match(tx: Tx, factor: Factor, typed: string, now: Date): Promise<'app' | 'spare' | undefined> {
  const { userId, secret, lastStep } = factor
  const step = stepOf(openSecret(userId, secret), typed.replace(/\s/g, ''), now, lastStep)
  if (step === undefined)
    return factor.confirmedAt && (await spendRecoveryCode(tx, userId, typed, now)) ? 'spare' : undefined
  await tx.update(staffSecondFactors).set({ lastStep: step }).where(eq(staffSecondFactors.userId, userId))
  return 'app'
}

async function spendRecoveryCode(tx: Tx, userId: string, typed: string, now: Date): Promise<boolean> {
  const used = await tx
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, recoveryCodeHash(keyFor('recovery codes'), userId, typed)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ id: recoveryCodes.id })
  return used.length > 0
}

/** Who else had got as far as the secret has to begin again. */
async function setUp(tx: Tx, halfway: Halfway, sealedSecret: Buffer, now: Date): Promise<void> {
  const { userId } = halfway
  await tx.update(staffSecondFactors).set({ confirmedAt: now }).where(eq(staffSecondFactors.userId, userId))
  await tx
    .update(sessions)
    .set({ revokedAt: now, revokeReason: 'reset' })
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), isNull(sessions.secondFactorAt)))
  await keepRecoveryCodes(tx, userId, sealedSecret)
  await note(tx, halfway, 'factor.set')
}

async function keepRecoveryCodes(tx: Tx, userId: string, sealedSecret: Buffer): Promise<void> {
  const key = keyFor('recovery codes')
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.insert(recoveryCodes).values(
    recoveryCodesOf(key, userId, sealedSecret).map((code) => ({
      userId,
      codeHash: recoveryCodeHash(key, userId, code),
    })),
  )
}

async function note(
  tx: Tx,
  { userId, login, address }: Halfway,
  action: 'factor.refused' | 'factor.passed' | 'factor.set',
  code?: 'app' | 'spare',
): Promise<void> {
  const subject = { kind: 'user', id: userId, label: login } as const
  await record(tx, { userId, login, address }, { action, subject, ...(code ? { after: { code } } : {}) })
}

/** The ten recovery codes, for ten minutes after the factor was set up and in that very session; undefined ever after. */
export async function freshRecoveryCodes(staff: Staff, now: Date): Promise<string[] | undefined> {
  const since = new Date(now.getTime() - CODES_SHOWN_MS)
  const [factor] = await db()
    .select({ secret: staffSecondFactors.secret, confirmedAt: staffSecondFactors.confirmedAt })
    .from(staffSecondFactors)
    .innerJoin(
      sessions,
      and(
        eq(sessions.idHash, staff.sessionHash),
        eq(sessions.secondFactorAt, staffSecondFactors.confirmedAt),
      ),
    )
    .where(eq(staffSecondFactors.userId, staff.userId))
  if (!factor?.confirmedAt || factor.confirmedAt < since) return undefined
  return recoveryCodesOf(keyFor('recovery codes'), staff.userId, factor.secret)
}

/** Gives a member of staff this secret, confirmed: the demo's people have one from the start. */
export async function setSecret(tx: Tx, userId: string, secret: string, now: Date): Promise<void> {
  const sealed = sealSecret(userId, secret)
  const values = { secret: sealed, createdAt: now, confirmedAt: now, lastStep: 0 }
  await tx
    .insert(staffSecondFactors)
    .values({ userId, ...values })
    .onConflictDoUpdate({ target: staffSecondFactors.userId, set: values })
  await keepRecoveryCodes(tx, userId, sealed)
}

/** Whether that is the secret of a member of staff, and confirmed. */
export async function hasSecret(tx: Tx, userId: string, secret: string): Promise<boolean> {
  const [factor] = await tx.select().from(staffSecondFactors).where(eq(staffSecondFactors.userId, userId))
  return Boolean(factor?.confirmedAt) && factor !== undefined && secretFits(userId, factor.secret, secret)
}

/** A secret sealed under a lost key is no secret. */
function secretFits(userId: string, sealed: Buffer, secret: string): boolean {
  try {
    return openSecret(userId, sealed) === secret
  } catch {
    return false
  }
}

/** Takes the second factor away: at the next sign-in it is set up anew. */
export async function dropSecondFactor(tx: Tx, userId: string): Promise<void> {
  await tx.delete(staffSecondFactors).where(eq(staffSecondFactors.userId, userId))
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
}

function sealSecret(userId: string, secret: string): Buffer {
  return seal(keyFor('secrets'), placeOf(userId), Buffer.from(secret))
}

function openSecret(userId: string, sealed: Buffer): string {
  return open(keyFor('secrets'), placeOf(userId), sealed).toString()
}

function placeOf(userId: string) {
  return { table: 'staff_second_factors', column: 'secret', row: userId }
}

function keyFor(what: 'secrets' | 'recovery codes'): Buffer {
  const master = Buffer.from(env().TOTP_KEY, 'base64')
  return Buffer.from(hkdfSync('sha256', master, '', `second factor: ${what}`, 32))
}
