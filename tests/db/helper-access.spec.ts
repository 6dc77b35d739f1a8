import { randomUUID } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, accounts, auditLog, consents, helperAccess, letters, users } from '@/db/schema'
import { blockUser, unblockUser } from '@/lib/access/commands'
import { publishFirstVersions } from '@/lib/documents/commands'
import { acceptInvitation, registerHelper } from '@/lib/helper-access/accept'
import { inviteHelper } from '@/lib/helper-access/commands'
import { endHelperByStaff, revokeHelper, stopHelping } from '@/lib/helper-access/ending'
import { helpedAccount, helpingOf, invitationPage } from '@/lib/helper-access/helping'
import { helpersOf } from '@/lib/helper-access/queries'
import { registrationSchema } from '@/lib/helper-access/schema'
import { helpersForStaff } from '@/lib/helper-access/staff'
import { helpedBy } from '@/lib/readings/helpers'
import type { Subscriber } from '@/lib/session/require'
import { signInWithPassword } from '@/lib/session/sign-in'
import { day, moscowDay } from '@/lib/units/day'
import { expect, test } from '../support/database'
import { type Home, helped, invited, inviteForm, later, makeHome, NOW, UNTIL } from '../support/helping'
import { makeStaff, makeSubscriber } from '../support/people'

const PASSWORD = 'четыре слова через пробел'
const here = () => ({ address: randomUUID() })

test.beforeAll(() => db().transaction(publishFirstVersions))

const rowsOf = ({ account }: Home) =>
  db().select().from(helperAccess).where(eq(helperAccess.accountId, account.id))

/** Whether the condition behind every reading a helper sends is met. */
async function mayHelp(helper: Subscriber, home: Home, now = NOW): Promise<boolean> {
  const may = helpedBy(helper, accounts.id, moscowDay(now))
  const found = await db()
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.id, home.account.id), may))
  return found.length > 0
}

const lettersTo = (email: string) => db().select().from(letters).where(eq(letters.toEmail, email))

const journal = ({ account }: Home) =>
  db()
    .select({ action: auditLog.action, after: auditLog.after, login: auditLog.actorLogin })
    .from(auditLog)
    .where(and(eq(auditLog.subjectId, String(account.id)), sql`action like 'helper.%'`))
    .orderBy(auditLog.id)

const registration = (token: string, change: object = {}) =>
  registrationSchema.parse({
    token,
    lastName: 'Иванова',
    firstName: 'Мария',
    password: PASSWORD,
    repeat: PASSWORD,
    acceptAgreement: 'on',
    acceptConsent: 'on',
    ...change,
  })

test('an invitation is a letter without secrets, and looking at it changes nothing', async () => {
  const home = await makeHome()
  const row = await invited(home)
  const [letter, ...others] = await lettersTo(row.email)
  expect(others).toEqual([])
  expect(letter).toMatchObject({ kind: 'helper-invited', payload: { helperAccessId: row.id } })
  const told = JSON.stringify(letter)
  for (const secret of [row.token, 'Королёва', 'кв. 41', home.account.accountNumber])
    expect(told).not.toContain(secret)
  const open = {
    kind: 'open',
    by: 'Анна К.',
    house: '3-й микрорайон, дом 7',
    until: UNTIL,
    acceptBy: '2026-12-06',
    email: row.email,
  }
  expect(await invitationPage(row.token, NOW)).toEqual(open)
  expect(await invitationPage(row.token, later(13))).toEqual(open)
  expect(await invitationPage(row.token, later(14))).toEqual({ kind: 'dead' })
  expect(await invitationPage('x'.repeat(43), NOW)).toEqual({ kind: 'unknown' })
  expect(await journal(home)).toEqual([
    { action: 'helper.invited', after: { until: UNTIL }, login: home.holder.login },
  ])
})

test('one who is signed in accepts; the holder is told; pressing again is the same answer', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const row = await invited(home)
  expect(await mayHelp(helper, home)).toBe(false)
  for (let i = 0; i < 2; i++)
    expect(await acceptInvitation(helper, row.token, later(1))).toEqual({
      status: 'ok',
      value: { id: row.id },
    })
  expect(await mayHelp(helper, home)).toBe(true)
  expect(await helpingOf(helper, later(1))).toEqual([
    {
      id: row.id,
      accountId: home.account.id,
      address: home.account.address,
      until: UNTIL,
      state: 'active',
    },
  ])
  const [holder] = await db().select().from(users).where(eq(users.id, home.holder.userId))
  expect((await lettersTo(holder?.email ?? '')).map(({ kind }) => kind)).toEqual(['helper-accepted'])
  expect((await journal(home)).at(-1)).toEqual({
    action: 'helper.accepted',
    after: { helper: helper.login, until: UNTIL },
    login: helper.login,
  })
  expect(await helpersOf(home.holder, later(1))).toMatchObject([{ state: 'active', sendings: [] }])
  expect(await invitationPage(row.token, later(1))).toMatchObject({ kind: 'accepted', login: undefined })
})

test('one invitation is accepted by one person: of twenty at once, one', async () => {
  const home = await makeHome()
  const row = await invited(home)
  const people = await Promise.all(Array.from({ length: 20 }, () => makeSubscriber()))
  const answers = await Promise.all(people.map((person) => acceptInvitation(person, row.token, later(1))))
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(1)
  for (const answer of answers)
    if (answer.status !== 'ok') expect(answer).toMatchObject({ status: 'refused', code: 'dead' })
  const may = await Promise.all(people.map((person) => mayHelp(person, home)))
  expect(may.filter(Boolean)).toHaveLength(1)
  expect((await journal(home)).filter(({ action }) => action === 'helper.accepted')).toHaveLength(1)
})

test('somebody without a sign-in makes one by the link: consents, login by letter, then the ordinary login', async () => {
  const home = await makeHome()
  const row = await invited(home)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => registerHelper(registration(row.token), here(), later(1))),
  )
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(1)
  const made = await db().select().from(users).where(eq(users.email, row.email))
  const [user] = made
  if (!user) throw new Error('no user')
  expect(made).toHaveLength(1)
  const given = await db().select().from(consents).where(eq(consents.userId, user.id))
  expect(given.map(({ kind, documentVersion }) => [kind, documentVersion]).toSorted()).toEqual([
    ['agreement', 1],
    ['personal_data', 1],
  ])
  const welcome = (await lettersTo(row.email)).filter(({ kind }) => kind === 'helper-welcome')
  expect(welcome.map(({ payload }) => payload)).toEqual([{ login: user.login }])
  expect(await invitationPage(row.token, later(1))).toMatchObject({ kind: 'accepted', login: user.login })
  const signedIn = await signInWithPassword({
    login: user.login,
    password: PASSWORD,
    shared: false,
    address: randomUUID(),
    device: '',
    knownDevice: false,
    now: later(1),
  })
  expect(signedIn.kind).toBe('signed-in')
})

test('the same person is not made twice, a weak password is told, a dead link makes nobody', async () => {
  const home = await makeHome()
  const other = await makeHome()
  const first = await invited(home)
  const second = await invited(other, { email: first.email })
  const weak = { password: 'qwerty123456', repeat: 'qwerty123456' }
  expect(await registerHelper(registration(first.token, weak), here(), NOW)).toMatchObject({
    errors: { password: expect.any(String) },
  })
  expect(await registerHelper(registration(first.token), here(), NOW)).toMatchObject({ status: 'ok' })
  expect(await registerHelper(registration(second.token), here(), NOW)).toMatchObject({ code: 'known' })
  for (const token of [first.token, 'x'.repeat(43)])
    expect(await registerHelper(registration(token), here(), NOW)).toMatchObject({ code: 'dead' })
  expect(await db().select().from(users).where(eq(users.email, first.email))).toHaveLength(1)
})

test('the last day is a day of help, the next is not', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const row = await helped(home, helper)
  const lastMinute = new Date('2027-02-22T23:59:59+03:00')
  const after = new Date('2027-02-23T00:00:00+03:00')
  expect(await mayHelp(helper, home, lastMinute)).toBe(true)
  expect(await mayHelp(helper, home, after)).toBe(false)
  expect(await helpedAccount(helper, row.id, lastMinute)).toMatchObject({ state: 'active' })
  expect(await helpedAccount(helper, row.id, after)).toMatchObject({ state: 'over' })
  expect(await helpersOf(home.holder, after)).toMatchObject([{ state: 'over' }])
})

const endings: Record<string, (home: Home, id: string, helper: Subscriber) => Promise<{ status: string }>> = {
  holder: ({ holder }, id) => revokeHelper(holder, id, later(2)),
  helper: (_, id, helper) => stopHelping(helper, id, later(2)),
  staff: async (_, id) => endHelperByStaff(await makeStaff(), { id, reason: 'просьба владельца' }, later(2)),
}
for (const [who, endIt] of Object.entries(endings)) {
  test(`the ${who} ends it at once and once`, async () => {
    const home = await makeHome()
    const helper = await makeSubscriber()
    const { id, token } = await helped(home, helper)
    for (let i = 0; i < 2; i++) expect((await endIt(home, id, helper)).status).toBe('ok')
    expect(await mayHelp(helper, home, later(2))).toBe(false)
    expect(await helpedAccount(helper, id, later(2))).toMatchObject({ state: 'ended' })
    expect(await helpingOf(helper, later(2))).toEqual([])
    expect(await rowsOf(home)).toMatchObject([{ endReason: who, endedAt: later(2) }])
    expect((await journal(home)).filter(({ action }) => action === 'helper.ended')).toHaveLength(1)
    expect(await acceptInvitation(helper, token, later(3))).toMatchObject({ code: 'dead' })
  })
}

test('a withdrawn invitation is dead, and nobody ends what is not theirs', async () => {
  const home = await makeHome()
  const stranger = await makeHome()
  const helper = await makeSubscriber()
  const row = await invited(home)
  for (const id of [row.id, randomUUID()]) {
    expect(await revokeHelper(stranger.holder, id, NOW)).toMatchObject({ code: 'absent' })
    expect(await stopHelping(stranger.holder, id, NOW)).toMatchObject({ code: 'absent' })
    expect(await helpedAccount(stranger.holder, id, NOW)).toBeUndefined()
  }
  expect(await helpersOf(stranger.holder, NOW)).toEqual([])
  await revokeHelper(home.holder, row.id, NOW)
  expect(await invitationPage(row.token, NOW)).toEqual({ kind: 'dead' })
  expect(await acceptInvitation(helper, row.token, NOW)).toMatchObject({ code: 'dead' })
})

test('the help ends with the holder’s own access, and access given again does not bring it back', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const row = await helped(home, helper)
  const waiting = await invited(home)
  const access = eq(accountAccess.userId, home.holder.userId)
  await db()
    .update(accountAccess)
    .set({ endedAt: later(1), endReason: 'продажа' })
    .where(access)
  expect(await mayHelp(helper, home, later(2))).toBe(false)
  expect(await helpedAccount(helper, row.id, later(2))).toMatchObject({ state: 'paused' })
  expect(await invitationPage(waiting.token, later(2))).toEqual({ kind: 'dead' })
  expect(await acceptInvitation(await makeSubscriber(), waiting.token, later(2))).toMatchObject({
    code: 'dead',
  })
  expect(await inviteHelper(home.holder, inviteForm(home), later(2))).toMatchObject({ code: 'absent' })

  await db()
    .insert(accountAccess)
    .values({ userId: home.holder.userId, accountId: home.account.id, grantedAt: later(3) })
  expect(await mayHelp(helper, home, later(4))).toBe(false)
  const anew = await invited(home, {}, later(4))
  expect(await acceptInvitation(helper, anew.token, later(4))).toMatchObject({ status: 'ok' })
  expect(await mayHelp(helper, home, later(4))).toBe(true)
  expect((await rowsOf(home)).find(({ id }) => id === row.id)).toMatchObject({ endReason: 'access-ended' })
})

test('while the holder is blocked the helper stands still; after it the help goes on', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const row = await helped(home, helper)
  const staff = await makeStaff()
  await blockUser(staff, { userId: home.holder.userId, reason: 'чужой вход' }, later(1))
  expect(await mayHelp(helper, home, later(1))).toBe(false)
  expect(await helpingOf(helper, later(1))).toEqual([])
  expect(await helpersForStaff(staff, { accountId: home.account.id }, later(1))).toMatchObject([
    { state: 'paused', helper: { login: helper.login }, holder: { login: home.holder.login } },
  ])
  await unblockUser(staff, { userId: home.holder.userId, reason: 'пришёл с паспортом' }, later(2))
  expect(await helpedAccount(helper, row.id, later(2))).toMatchObject({ state: 'active' })
})

test('the same e-mail again replaces the invitation that waits; a second click sends no second letter', async () => {
  const home = await makeHome()
  const email = `${randomUUID()}@example.ru`
  const first = await invited(home, { email })
  expect(await inviteHelper(home.holder, inviteForm(home, { email }), later(0))).toMatchObject({
    status: 'ok',
  })
  expect(await lettersTo(email)).toHaveLength(1)
  const second = await invited(home, { email, until: day('2027-03-01') })
  expect(await invitationPage(first.token, NOW)).toEqual({ kind: 'dead' })
  expect(await invitationPage(second.token, NOW)).toMatchObject({ kind: 'open', until: '2027-03-01' })
  const helper = await makeSubscriber()
  await acceptInvitation(helper, second.token, NOW)
  expect(
    await inviteHelper(home.holder, inviteForm(home, { email: email.toUpperCase() }), later(1)),
  ).toMatchObject({ errors: { email: expect.stringContaining('уже помогает') } })
})

test('two invitations to one account are one help; after its last day a new one is accepted', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const rows = [await invited(home), await invited(home)]
  const answers = await Promise.all(rows.map(({ token }) => acceptInvitation(helper, token, NOW)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual(['ok', 'refused'])
  expect(answers.find(({ status }) => status === 'refused')).toMatchObject({ code: 'already' })
  const next = await invited(home, { until: day('2027-08-01') }, later(100))
  expect(await acceptInvitation(helper, next.token, later(100))).toMatchObject({ status: 'ok' })
  expect(await mayHelp(helper, home, later(100))).toBe(true)
})

test('a holder of the account needs no help with it', async () => {
  const home = await makeHome()
  const wife = await makeSubscriber([home.account.id])
  const { token } = await invited(home)
  for (const person of [home.holder, wife])
    expect(await acceptInvitation(person, token, NOW)).toMatchObject({ code: 'own' })
})

test('a day that is over, a year and a day ahead, a stranger’s account and a sixth helper are refused', async () => {
  const home = await makeHome()
  const other = await makeHome()
  for (const until of [day('2026-11-21'), day('2027-11-23')])
    expect(await inviteHelper(home.holder, inviteForm(home, { until }), NOW)).toMatchObject({
      errors: { until: expect.any(String) },
    })
  for (const account of [other.account.accountNumber, '0000000'])
    expect(await inviteHelper(home.holder, inviteForm(home, { account }), NOW)).toMatchObject({
      code: 'absent',
    })
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => inviteHelper(home.holder, inviteForm(home), NOW)),
  )
  expect(answers.filter(({ status }) => status === 'ok')).toHaveLength(5)
  expect(answers.filter((answer) => answer.status === 'refused' && answer.code === 'full')).toHaveLength(3)
  expect(await inviteHelper(home.holder, inviteForm(home), later(15))).toMatchObject({ status: 'ok' })
})

test('one mailbox gets three invitations a day, whoever sends them', async () => {
  const email = `${randomUUID()}@example.ru`
  for (let i = 0; i < 3; i++) await invited(await makeHome(), { email })
  const home = await makeHome()
  expect(await inviteHelper(home.holder, inviteForm(home, { email }), NOW)).toMatchObject({ code: 'often' })
})

test('staff see an account’s helpers and those of a person, both ways', async () => {
  const home = await makeHome()
  const helper = await makeSubscriber()
  const row = await helped(home, helper)
  const staff = await makeStaff()
  for (const of of [
    { accountId: home.account.id },
    { userId: home.holder.userId },
    { userId: helper.userId },
  ])
    expect(await helpersForStaff(staff, of, NOW)).toMatchObject([
      { id: row.id, state: 'active', accountNumber: home.account.accountNumber },
    ])
  await endHelperByStaff(staff, { id: row.id, reason: 'просьба владельца' }, NOW)
  expect((await journal(home)).at(-1)).toMatchObject({ after: { by: 'staff', reason: 'просьба владельца' } })
})
