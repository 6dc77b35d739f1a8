import { randomUUID } from 'node:crypto'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accountAccess, auditLog, blocks, credentialLinks, letters, sessions, users } from '@/db/schema'
import { blockUser, grantAccess, unblockUser } from '@/lib/access/commands'
import { issueLink } from '@/lib/access/links'
import { requestRecovery, setPassword } from '@/lib/access/passwords'
import { credentialsLink, findPeople, linkAsksDigits, personForStaff } from '@/lib/access/queries'
import { divertLog } from '@/lib/log'
import { linkToken } from '@/lib/mail/link-token'
import { sessionState, startSession } from '@/lib/session/sessions'
import { signInWithPassword } from '@/lib/session/sign-in'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber, makeUser } from '../support/people'

const PASSWORD = 'четыре слова через пробел'
const now = new Date('2026-11-22T12:00:00Z')
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const here = () => ({ address: randomUUID() })

async function approve(overrides: { email?: string; lastName?: string } = {}) {
  const staff = await makeStaff()
  const account = await makeAccount()
  const grantee = {
    requestId: randomUUID(),
    number: '2026-0001',
    accountId: account.id,
    accountNumber: account.accountNumber,
    lastName: 'Королёва',
    firstName: 'Анна',
    patronymic: '',
    email: `${randomUUID()}@example.ru`,
    phone: '+79101234567',
    ...overrides,
  }
  const { userId } = await db().transaction((tx) => grantAccess(tx, staff, grantee, now))
  return { staff, account, grantee, userId, digits: account.accountNumber.slice(-4) }
}

async function linkOf(userId: string) {
  const [link] = await db()
    .select()
    .from(credentialLinks)
    .where(
      and(
        eq(credentialLinks.userId, userId),
        isNull(credentialLinks.usedAt),
        isNull(credentialLinks.revokedAt),
      ),
    )
  if (!link) throw new Error('no link')
  return { ...link, token: linkToken(link.id) }
}

async function activated() {
  const granted = await approve()
  const { token } = await linkOf(granted.userId)
  const result = await setPassword({ token, digits: granted.digits, password: PASSWORD }, here(), later(1))
  expect(result.status).toBe('ok')
  const [user] = await db().select().from(users).where(eq(users.id, granted.userId))
  if (!user) throw new Error('no user')
  return { ...granted, login: user.login }
}

const attempt = (login: string, password: string, address: string = randomUUID()) =>
  signInWithPassword({
    login,
    password,
    shared: false,
    address,
    device: 'test',
    knownDevice: false,
    now: later(2),
  })

async function lettersTo(email: string) {
  return db().select().from(letters).where(eq(letters.toEmail, email))
}

test('an approval makes the user, the access, the link and one letter without secrets', async () => {
  const { userId, grantee, account } = await approve()
  const [letter, ...others] = await lettersTo(grantee.email)
  const link = await linkOf(userId)
  expect(others).toEqual([])
  expect(letter?.kind).toBe('access-granted')
  expect(JSON.stringify(letter)).not.toContain(link.token)
  const access = await db().select().from(accountAccess).where(eq(accountAccess.userId, userId))
  expect(access.map((row) => row.accountId)).toEqual([account.id])
  const jobs = await db().execute(
    sql`select key from graphile_worker.jobs where key = ${`letter:${letter?.id}`}`,
  )
  expect(jobs.rows).toHaveLength(1)
})

test('the same person gets a second account in the same cabinet; a namesake of the e-mail does not', async () => {
  const first = await activated()
  const second = await approve({ email: first.grantee.email.toUpperCase() })
  expect(second.userId).toBe(first.userId)
  expect((await lettersTo(first.grantee.email)).map((letter) => letter.kind)).toContain('account-added')
  const wife = await approve({ email: first.grantee.email, lastName: 'Иванова' })
  expect(wife.userId).not.toBe(first.userId)
})

test('looking at a link changes nothing; using it sets the password once', async () => {
  const { userId, digits } = await approve()
  const { token } = await linkOf(userId)
  expect(await credentialsLink(token, later(1))).toBe('usable')
  expect(await credentialsLink(token, later(1))).toBe('usable')
  expect((await setPassword({ token, digits, password: PASSWORD }, here(), later(1))).status).toBe('ok')
  expect(await credentialsLink(token, later(2))).toBe('used')
  const again = await setPassword({ token, digits, password: `${PASSWORD} второй` }, here(), later(2))
  expect(again).toMatchObject({ status: 'refused', code: 'link' })
  expect(await credentialsLink('нет такой', later(1))).toBe('unknown')
  expect(await credentialsLink(token, later(73 * 60))).toBe('used')
})

test('somebody without an account sets a password by the link alone; somebody with one never does', async () => {
  const helper = await makeUser()
  await requestRecovery(helper.login, here(), now)
  const [letter] = await lettersTo(helper.email)
  expect(letter?.payload).toMatchObject({ digits: false })
  const { token } = await linkOf(helper.id)
  expect(await linkAsksDigits(token)).toBe(false)
  expect((await setPassword({ token, password: PASSWORD }, here(), later(1))).status).toBe('ok')

  const { userId } = await approve()
  const link = await linkOf(userId)
  expect(await linkAsksDigits(link.token)).toBe(true)
  for (const digits of [undefined, '']) {
    expect(
      await setPassword({ token: link.token, digits, password: PASSWORD }, here(), later(1)),
    ).toMatchObject({
      errors: { digits: expect.any(String) },
    })
  }
})

test('four uses of one link at once set one password', async () => {
  const { userId, digits } = await approve()
  const { token } = await linkOf(userId)
  const tries = Array.from({ length: 4 }, (_, i) =>
    setPassword({ token, digits, password: `${PASSWORD} ${i}` }, here(), later(1)),
  )
  const outcomes = (await Promise.all(tries)).map((result) => result.status).sort()
  expect(outcomes).toEqual(['ok', 'refused', 'refused', 'refused'])
})

test('an expired link, wrong digits and a weak password are refused; five wrong tries close the link for an hour', async () => {
  const { userId, digits } = await approve()
  const { token } = await linkOf(userId)
  expect(await credentialsLink(token, later(72 * 60))).toBe('expired')
  expect(await setPassword({ token, digits, password: PASSWORD }, here(), later(72 * 60))).toMatchObject({
    code: 'link',
  })
  const wrong = () => setPassword({ token, digits: 'nope', password: 'password1234' }, here(), later(1))
  expect(await wrong()).toMatchObject({
    status: 'invalid',
    errors: { digits: expect.any(String), password: expect.any(String) },
  })
  for (let i = 0; i < 4; i++) await wrong()
  expect(await setPassword({ token, digits, password: PASSWORD }, here(), later(1))).toMatchObject({
    code: 'throttled',
  })
})

test('a weak password with the right digits uses no try up', async () => {
  const { userId, digits } = await approve()
  const { token } = await linkOf(userId)
  for (let i = 0; i < 6; i++)
    expect(await setPassword({ token, digits, password: 'password1234' }, here(), later(1))).toMatchObject({
      errors: { password: expect.any(String) },
    })
  expect(await setPassword({ token, digits, password: PASSWORD }, here(), later(1))).toMatchObject({
    status: 'ok',
  })
})

test('unknown, wrong and not yet activated get the same answer', async () => {
  const { login } = await activated()
  const { userId } = await approve()
  const [fresh] = await db().select().from(users).where(eq(users.id, userId))
  expect(await attempt(login, 'не тот пароль совсем')).toEqual({ kind: 'wrong' })
  expect(await attempt('nobody', PASSWORD)).toEqual({ kind: 'wrong' })
  expect(await attempt(fresh?.login ?? '', PASSWORD)).toEqual({ kind: 'wrong' })
  expect(await attempt(` ${login.toUpperCase()} `, PASSWORD)).toMatchObject({ kind: 'signed-in' })
})

test('wrong passwords are throttled by login and by address; a known device has a bucket of its own', async () => {
  const { login } = await activated()
  for (let i = 0; i < 10; i++) expect(await attempt(login, 'не тот пароль совсем')).toEqual({ kind: 'wrong' })
  expect(await attempt(login, PASSWORD)).toMatchObject({ kind: 'throttled' })
  const own = {
    login,
    password: PASSWORD,
    shared: false,
    address: randomUUID(),
    device: 'own',
    now: later(2),
  }
  expect(await signInWithPassword({ ...own, knownDevice: true })).toMatchObject({ kind: 'signed-in' })
  const address = randomUUID()
  for (let i = 0; i < 30; i++) await attempt(`nobody${i}`, PASSWORD, address)
  expect(await attempt('nobody', PASSWORD, address)).toMatchObject({ kind: 'throttled' })
})

test('a refused sign-in leaves one line: why, and the id of a login that exists, but neither login nor address', async () => {
  const { login, userId } = await activated()
  const address = '203.0.113.77'
  const lines: string[] = []
  const stop = divertLog((line) => lines.push(line))
  try {
    await attempt(login, 'не тот пароль совсем', address)
    await attempt('nobody', 'не тот пароль совсем', address)
    await attempt(login, PASSWORD, address)
    for (let failure = 1; failure < 10; failure++) await attempt(login, 'не тот пароль совсем')
    await attempt(login, PASSWORD)
  } finally {
    stop()
  }
  const told: unknown[] = lines.map((line) => JSON.parse(line))
  const wrong = { level: 40, time: expect.any(String), msg: 'sign-in refused', code: 'wrong' }
  expect(told).toEqual([
    { ...wrong, user: userId },
    wrong,
    ...Array.from({ length: 9 }, () => ({ ...wrong, user: userId })),
    { ...wrong, msg: 'limit reached', code: 'sign-in-login' },
  ])
  for (const secret of [login, 'nobody', address, PASSWORD, 'не тот'])
    expect(lines.join('')).not.toContain(secret)
})

test('right passwords use up nothing', async () => {
  const { login } = await activated()
  const address = randomUUID()
  for (let i = 0; i < 12; i++)
    expect(await attempt(login, PASSWORD, address)).toMatchObject({ kind: 'signed-in' })
})

test('a block ends sessions and links at once, is told only after the right password, and is kept', async () => {
  const { staff, userId, login } = await activated()
  const signedIn = await attempt(login, PASSWORD)
  if (signedIn.kind !== 'signed-in') throw new Error('not signed in')
  expect(await sessionState(signedIn.sessionId, later(3))).toMatchObject({ kind: 'live', user: { login } })
  await db().transaction((tx) => issueLink(tx, userId, 'recovery', later(3)))
  const { token } = await linkOf(userId)

  expect(await blockUser(staff, { userId, reason: 'чужой вход' }, later(4))).toMatchObject({ status: 'ok' })
  expect(await sessionState(signedIn.sessionId, later(4))).toEqual({ kind: 'blocked' })
  expect(await credentialsLink(token, later(4))).toBe('used')
  expect(await attempt(login, PASSWORD)).toEqual({ kind: 'blocked' })
  expect(await attempt(login, 'не тот пароль совсем')).toEqual({ kind: 'wrong' })
  expect(await blockUser(staff, { userId, reason: 'ещё раз' }, later(5))).toMatchObject({ code: 'blocked' })

  const person = await personForStaff(staff, userId, later(5))
  expect(person?.block).toMatchObject({ blockReason: 'чужой вход', blockedBy: staff.login })
})

test('unblocking asks for a new password: the old one is dead, a letter with a link is owed', async () => {
  const { staff, userId, login, grantee, digits } = await activated()
  await blockUser(staff, { userId, reason: 'чужой вход' }, later(3))
  expect(await unblockUser(staff, { userId, reason: 'владелец пришёл с паспортом' }, later(4))).toMatchObject(
    { status: 'ok' },
  )
  expect(await unblockUser(staff, { userId, reason: 'ещё раз' }, later(4))).toMatchObject({ code: 'free' })
  expect(await attempt(login, PASSWORD)).toEqual({ kind: 'wrong' })
  expect((await lettersTo(grantee.email)).map((letter) => letter.kind)).toContain('access-restored')
  const { token } = await linkOf(userId)
  expect((await setPassword({ token, digits, password: `${PASSWORD} новый` }, here(), later(5))).status).toBe(
    'ok',
  )
  expect(await attempt(login, `${PASSWORD} новый`)).toMatchObject({ kind: 'signed-in' })
})

test('sign-ins racing with a block leave no live session behind', async () => {
  const { staff, userId, login } = await activated()
  await Promise.all([
    ...Array.from({ length: 4 }, () => attempt(login, PASSWORD)),
    blockUser(staff, { userId, reason: 'чужой вход' }, later(2)),
    ...Array.from({ length: 4 }, () => attempt(login, PASSWORD)),
  ])
  const alive = await db()
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
  expect(alive).toEqual([])
  expect(await db().select().from(blocks).where(eq(blocks.userId, userId))).toHaveLength(1)
})

test('sign-ins racing with a new password leave no session of the old one behind', async () => {
  for (let round = 0; round < 5; round++) {
    const { userId, login, digits, grantee } = await activated()
    await requestRecovery(grantee.email, here(), later(2))
    const { token } = await linkOf(userId)
    const old = () => attempt(login, PASSWORD)
    await Promise.all([
      old(),
      setPassword({ token, digits, password: `${PASSWORD} новый` }, here(), later(3)),
      ...Array.from({ length: 6 }, old),
    ])
    const alive = await db()
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt)))
    expect(alive).toEqual([])
  }
})

test('staff cannot be blocked here, and a stranger’s id is nobody', async () => {
  const staff = await makeStaff()
  const other = await makeStaff()
  expect(await blockUser(staff, { userId: other.userId, reason: 'проба' }, now)).toMatchObject({
    code: 'unknown',
  })
  expect(await personForStaff(staff, other.userId, now)).toBeUndefined()
  expect(await personForStaff(staff, randomUUID(), now)).toBeUndefined()
})

test('recovery writes to whoever is there and is silent about who is', async () => {
  const { grantee, login, userId, staff } = await activated()
  await requestRecovery(login, here(), later(3))
  await requestRecovery('nobody@example.ru', here(), later(3))
  expect(
    (await lettersTo(grantee.email)).filter((letter) => letter.kind === 'password-recovery'),
  ).toHaveLength(1)
  await blockUser(staff, { userId, reason: 'чужой вход' }, later(4))
  await requestRecovery(grantee.email, here(), later(4))
  expect(
    (await lettersTo(grantee.email)).filter((letter) => letter.kind === 'password-recovery'),
  ).toHaveLength(1)
})

test('recovery takes the same time whether or not somebody is there', async () => {
  const { grantee } = await activated()
  const timeOf = async (who: string) => {
    const start = performance.now()
    await requestRecovery(who, here(), later(2))
    return performance.now() - start
  }
  expect(await timeOf('nobody@example.ru')).toBeGreaterThan(290)
  expect(await timeOf(grantee.email)).toBeGreaterThan(290)
})

test('a new link makes the earlier one worthless', async () => {
  const { userId } = await approve()
  const { token } = await linkOf(userId)
  await db().transaction((tx) => issueLink(tx, userId, 'recovery', later(1)))
  expect(await credentialsLink(token, later(1))).toBe('used')
})

test('people are found by login, surname, e-mail and account number', async () => {
  const { staff, grantee, login, userId } = await activated()
  for (const search of [login, grantee.email, grantee.accountNumber]) {
    expect((await findPeople(staff, search)).map((person) => person.id)).toEqual([userId])
  }
  expect((await findPeople(staff, 'королёва анна')).map((person) => person.id)).toContain(userId)
  expect(await findPeople(staff, '100%')).toEqual([])
})

test('the journal takes rows and gives none up', async () => {
  await makeSubscriber()
  const { userId } = await approve()
  expect(await db().select().from(auditLog).where(eq(auditLog.subjectId, userId))).not.toEqual([])
  const refusals = ['update audit_log set address = $$x$$', 'delete from audit_log', 'truncate audit_log']
  for (const statement of refusals) {
    const error = await db()
      .execute(sql.raw(statement))
      .catch((caught: Error) => caught.cause)
    expect(String(error)).toContain('append-only')
  }
})

test('one database allows one open block and one active access', async () => {
  const user = await makeUser()
  const staff = await makeStaff()
  const account = await makeAccount()
  const block = { userId: user.id, blockedBy: staff.userId, blockReason: 'проба' }
  await db().insert(blocks).values(block)
  await expect(db().insert(blocks).values(block)).rejects.toThrow()
  await db().insert(accountAccess).values({ userId: user.id, accountId: account.id })
  await expect(
    db().insert(accountAccess).values({ userId: user.id, accountId: account.id }),
  ).rejects.toThrow()
})

test('a session lives in the database alone: no row, no session', async () => {
  const user = await makeUser()
  const id = await db().transaction((tx) =>
    startSession(tx, { userId: user.id, mode: 'shared', device: '', address: '', now }),
  )
  expect(await sessionState(undefined, now)).toEqual({ kind: 'anonymous' })
  expect(await sessionState('made up', now)).toEqual({ kind: 'ended' })
  expect(await sessionState(id, later(9))).toMatchObject({ kind: 'live' })
  expect(await sessionState(id, later(18))).toMatchObject({ kind: 'live' })
  expect(await sessionState(id, later(28))).toEqual({ kind: 'ended' })
})
