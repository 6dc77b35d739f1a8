import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, recoveryCodes, sessions, staffSecondFactors, users } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import type { Halfway, Staff } from '@/lib/session/require'
import {
  dropSecondFactor,
  freshRecoveryCodes,
  hasSecret,
  secondStep,
  setSecret,
  takeCode,
} from '@/lib/session/second-factor'
import { sessionHash, sessionState } from '@/lib/session/sessions'
import { codeOf, newSecret, stepAt } from '@/lib/session/totp'
import { changeSettings } from '@/lib/settings/commands'
import { expect, test } from '../support/database'
import { makeHalfway, makeUser } from '../support/people'

const START = new Date('2026-11-25T09:00:00Z')
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000)

const member = () => makeUser({ kind: 'staff', roles: ['operator'] })

async function enrolled() {
  const user = await member()
  const { halfway } = await makeHalfway(user, START)
  const step = await secondStep(halfway, START)
  if (step.kind !== 'enrol') throw new Error('set up already')
  const passed = await takeCode(halfway, codeOf(step.secret, stepAt(START)), START)
  if (passed.status !== 'ok') throw new Error('the first code was refused')
  return { user, secret: step.secret, sessionId: passed.value.sessionId, halfway }
}

const staffOf = ({ halfway, sessionId }: { halfway: Halfway; sessionId: string }) =>
  ({ ...halfway, name: '', roles: [], sessionHash: sessionHash(sessionId) }) as Partial<Staff> as Staff

test('after the password a session opens nothing; the first code makes it whole, under another id', async () => {
  const user = await member()
  const { halfway, id } = await makeHalfway(user, START)
  expect(await sessionState(id, at(1))).toMatchObject({ kind: 'halfway', user: { login: user.login } })
  const step = await secondStep(halfway, at(1))
  if (step.kind !== 'enrol') throw new Error('set up already')
  expect(await takeCode(halfway, '000000', at(2))).toMatchObject({ code: 'wrong' })
  const code = codeOf(step.secret, stepAt(at(2)))
  const passed = await takeCode(halfway, `${code.slice(0, 3)} ${code.slice(3)}`, at(2))
  expect(passed).toMatchObject({ status: 'ok', value: { first: true } })
  if (passed.status !== 'ok') return
  expect(await sessionState(id, at(3))).toEqual({ kind: 'ended' })
  expect(await sessionState(passed.value.sessionId, at(3))).toMatchObject({ kind: 'live', mode: 'staff' })
  const acts = await db()
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.subjectId, user.id))
    .orderBy(auditLog.id)
  expect(acts.map(({ action }) => action)).toEqual(['factor.refused', 'factor.set', 'factor.passed'])
})

test('half a session ends a quarter of an hour after the password, however often it is looked at', async () => {
  const { id } = await makeHalfway(await member(), START)
  for (const minute of [5, 10, 14])
    expect(await sessionState(id, at(minute * 60))).toMatchObject({ kind: 'halfway' })
  expect(await sessionState(id, at(15 * 60))).toEqual({ kind: 'ended' })
})

test('a code is taken once, of this half-minute, the one before or after, and never one older than the last', async () => {
  const { user, secret } = await enrolled()
  const tries = [
    [0, 0, 'wrong'], // the code of the setting up
    [60, 0, 'wrong'],
    [60, 3, 'ok'], // a clock half a minute ahead
    [60, 2, 'wrong'], // older than the last taken
    [150, 7, 'wrong'], // a whole minute ahead
    [150, 4, 'ok'], // half a minute behind
  ] as const
  for (const [seconds, step, outcome] of tries) {
    const { halfway } = await makeHalfway(user, at(seconds))
    const result = await takeCode(halfway, codeOf(secret, stepAt(START) + step), at(seconds))
    expect(result.status === 'refused' ? result.code : result.status, `${seconds} s, step ${step}`).toBe(
      outcome,
    )
  }
})

test('of four uses of one code at once one succeeds', async () => {
  const { user, secret } = await enrolled()
  const code = codeOf(secret, stepAt(at(60)))
  const halves = await Promise.all(Array.from({ length: 4 }, () => makeHalfway(user, at(60))))
  const results = await Promise.all(halves.map(({ halfway }) => takeCode(halfway, code, at(60))))
  expect(results.filter(({ status }) => status === 'ok')).toHaveLength(1)
})

test('ten recovery codes are shown in the session that set the factor up, for ten minutes, and each opens once', async () => {
  const first = await enrolled()
  const codes = await freshRecoveryCodes(staffOf(first), at(60))
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)
  expect(await freshRecoveryCodes(staffOf(first), at(601))).toBeUndefined()
  const typed = codes?.[3]?.toUpperCase().replace('-', ' ') ?? ''
  const use = async () => takeCode((await makeHalfway(first.user, at(90))).halfway, typed, at(90))
  const again = await use()
  if (again.status !== 'ok') throw new Error('the recovery code was refused')
  expect(again.value.first).toBe(false)
  expect(await use()).toMatchObject({ code: 'wrong' })
  const later = staffOf({ halfway: first.halfway, sessionId: again.value.sessionId })
  expect(await freshRecoveryCodes(later, at(91))).toBeUndefined()
  const left = and(eq(recoveryCodes.userId, first.user.id), isNull(recoveryCodes.usedAt))
  expect(await db().$count(recoveryCodes, left)).toBe(9)
})

test('five wrong codes in a quarter of an hour stop even the right one', async () => {
  const { user, secret } = await enrolled()
  const { halfway } = await makeHalfway(user, at(60))
  for (let i = 0; i < 5; i++)
    expect(await takeCode(halfway, 'не код', at(60))).toMatchObject({ code: 'wrong' })
  const right = codeOf(secret, stepAt(at(60)))
  expect(await takeCode(halfway, right, at(60))).toMatchObject({ code: 'throttled' })
})

test('a secret seen but not confirmed dies with the next sign-in; who had got so far begins again', async () => {
  const user = await member()
  const stranger = await makeHalfway(user, START)
  const seen = await secondStep(stranger.halfway, at(1))
  const own = await makeHalfway(user, at(10))
  const step = await secondStep(own.halfway, at(11))
  if (seen.kind !== 'enrol' || step.kind !== 'enrol') throw new Error('set up already')
  expect(step.secret).not.toBe(seen.secret)
  expect(await secondStep(own.halfway, at(12))).toEqual(step)
  expect((await takeCode(own.halfway, codeOf(step.secret, stepAt(at(12))), at(12))).status).toBe('ok')
  expect(await sessionState(stranger.id, at(13))).toEqual({ kind: 'ended' })
  expect(await takeCode(stranger.halfway, codeOf(step.secret, stepAt(at(42))), at(42))).toMatchObject({
    code: 'ended',
  })
})

test('the database holds no secret, and one moved to another person opens nothing', async () => {
  const one = await enrolled()
  const other = await enrolled()
  const [row] = await db().select().from(staffSecondFactors).where(eq(staffSecondFactors.userId, one.user.id))
  expect(row?.secret.toString('latin1')).not.toContain(one.secret)
  await db()
    .update(staffSecondFactors)
    .set({ secret: row?.secret ?? Buffer.alloc(0) })
    .where(eq(staffSecondFactors.userId, other.user.id))
  expect(await db().transaction((tx) => hasSecret(tx, one.user.id, one.secret))).toBe(true)
  expect(await db().transaction((tx) => hasSecret(tx, other.user.id, one.secret))).toBe(false)
})

test('a code is told by the page in the demo company and in no other; after a reset the factor is set up anew', async () => {
  const user = await member()
  const secret = newSecret()
  await db().transaction((tx) => setSecret(tx, user.id, secret, START))
  const { halfway } = await makeHalfway(user, at(60))
  expect(await secondStep(halfway, at(60))).toEqual({ kind: 'code' })
  await db().transaction((tx) => changeSettings(tx, SERVICE, { demo: true }))
  const step = await secondStep(halfway, at(60))
  const told = step.demoCode ?? ''
  expect(told).toBe(codeOf(secret, stepAt(at(60))))
  expect((await takeCode(halfway, told, at(60))).status).toBe('ok')
  // The code told next is one that will be taken.
  const next = await makeHalfway(user, at(61))
  const nextTold = (await secondStep(next.halfway, at(61))).demoCode ?? ''
  expect((await takeCode(next.halfway, nextTold, at(61))).status).toBe('ok')
  await db().transaction((tx) => changeSettings(tx, SERVICE, { demo: false }))
  await db().transaction((tx) => dropSecondFactor(tx, user.id))
  const afterwards = await makeHalfway(user, at(120))
  expect(await secondStep(afterwards.halfway, at(120))).toMatchObject({ kind: 'enrol' })
  expect(await db().$count(recoveryCodes, eq(recoveryCodes.userId, user.id))).toBe(0)
})

test('a session ended meanwhile is not made whole', async () => {
  const { user, secret } = await enrolled()
  const { halfway } = await makeHalfway(user, at(60))
  await db()
    .update(sessions)
    .set({ revokedAt: at(61) })
    .where(eq(sessions.idHash, halfway.sessionHash))
  expect(await takeCode(halfway, codeOf(secret, stepAt(at(62))), at(62))).toMatchObject({ code: 'ended' })
  expect(await db().$count(users, eq(users.id, user.id))).toBe(1)
})
