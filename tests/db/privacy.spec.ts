import { and, eq } from 'drizzle-orm'
import { db, pool } from '@/db/client'
import {
  accessRequests,
  accountAccess,
  auditLog,
  consents,
  contactChanges,
  erasureActs,
  letters,
  passports,
  privacyRequests,
  sessions,
  users,
} from '@/db/schema'
import { requestRecovery } from '@/lib/access/passwords'
import { accountsOf } from '@/lib/accounts/queries'
import { actOf } from '@/lib/privacy/acts'
import { eraseWithdrawn } from '@/lib/privacy/erasure'
import { holdingsOf } from '@/lib/privacy/holdings'
import { looksAt, noteLook } from '@/lib/privacy/looks'
import { ownCopy } from '@/lib/privacy/own-copy'
import {
  askDataCorrection,
  ownRequests,
  privacyQueue,
  recallRequest,
  settleCorrection,
  withdrawConsent,
} from '@/lib/privacy/requests'
import { applyRetention } from '@/lib/privacy/retain'
import { revealPassport } from '@/lib/requests/disclosure'
import { sealPassport } from '@/lib/requests/passports'
import type { Subscriber } from '@/lib/session/require'
import { day } from '@/lib/units/day'
import { breachesOf, readInvariants } from '@/scripts/invariants/invariants'
import { expect, testAlone } from '../support/database'
import { makeLivedHome } from '../support/holders'
import { makeStaff, makeSubscriber } from '../support/people'

/** Asks what must hold everywhere. */
const test = testAlone('privacy')

const NOW = new Date('2026-11-24T12:00:00+03:00')
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

/** A person with everything: two years of an account, a request with its passport, consents, letters, a changed e-mail. */
async function makePerson(decision: 'approved' | 'refused' = 'approved') {
  const home = await makeLivedHome()
  const { former: person, staff } = home
  const requestId = crypto.randomUUID()
  const number = `2026-${crypto.randomUUID().slice(0, 8)}`
  const decided =
    decision === 'approved'
      ? { decision, userId: person.userId }
      : { decision, refusalReason: 'name', refusalNote: 'Канарейкин не тот' }
  await db()
    .insert(accessRequests)
    .values({
      ...{ id: requestId, number, submissionKey: crypto.randomUUID() },
      ...{ accountNumber: home.account.accountNumber, lastName: 'Канарейкин', firstName: 'Пётр' },
      ...{ registrationAddress: 'Канареечная, 1', postalAddress: 'Канареечная, 1' },
      ...{ email: `kanareika-${number}@example.ru`, phone: '+79105550101', submittedAt: NOW },
      ...{ dueOn: day('2026-11-27'), dueAt: NOW, decidedAt: NOW, decidedBy: staff.userId, ...decided },
    })
  const passport = { number: '4512345678', issuedBy: 'ОВД Канареечный', issuedOn: '2010-01-01' }
  await db()
    .insert(passports)
    .values({ requestId, ...sealPassport(requestId, passport) })
  const given = { textHash: 'x', givenAt: NOW, address: '10.1.2.3', userId: person.userId, requestId }
  await db()
    .insert(consents)
    .values({ ...given, kind: 'personal_data', documentVersion: 1 })
  const change = { userId: person.userId, kind: 'email' as const, newValue: 'kanareika-new@example.ru' }
  await db()
    .insert(contactChanges)
    .values({
      ...{ ...change, oldValue: 'kanareika-old@example.ru', askedAt: NOW },
      ...{ confirmBy: NOW, confirmHash: Buffer.from('x') },
    })
  return { ...home, person, staff, requestId, number }
}

const userOf = async ({ userId }: Subscriber) =>
  (await db().select().from(users).where(eq(users.id, userId)))[0]

test('the passport of one’s data tells of every domain, and a stranger’s tells nothing of it', async () => {
  const { person, account, enquiry } = await makePerson()
  const held = await holdingsOf(person)
  const keys = held.map((category) => category.key)
  for (const key of [
    'person',
    'requests',
    'consents',
    'sessions',
    'contacts',
    'accounts',
    'readings',
    'meters',
    'enquiries',
    'papers',
    'journal',
  ])
    expect(keys, key).toContain(key)
  const text = JSON.stringify(held)
  for (const value of [person.login, account.accountNumber, '678', 'Канареечная, 1', `№ ${enquiry}`])
    expect(text).toContain(value)
  expect(text).not.toContain('4512345678')
  for (const { why, ground, until } of held) expect(why && ground && until).toBeTruthy()
  expect(JSON.stringify(await holdingsOf(await makeSubscriber()))).not.toContain(account.accountNumber)
})

test('the copy is the same as JSON and PDF, and its taking is written down', async () => {
  const { person } = await makePerson()
  const json = await ownCopy(person, 'json', NOW)
  expect(JSON.parse(Buffer.from(json.bytes).toString()).categories).toHaveLength(
    (await holdingsOf(person)).length,
  )
  const pdf = await ownCopy(person, 'pdf', NOW)
  expect(Buffer.from(pdf.bytes).subarray(0, 5).toString()).toBe('%PDF-')
  const taken = and(eq(auditLog.action, 'data.exported'), eq(auditLog.actorId, person.userId))
  expect(await db().$count(auditLog, taken)).toBe(2)
})

test('a person sees who looked, by role and reason; a page open again within the hour is one look', async () => {
  const { person, staff, requestId } = await makePerson()
  const who = { id: person.userId, login: person.login }
  const now = new Date()
  await Promise.all([noteLook(staff, who, now), noteLook(staff, who, now), noteLook(staff, who, now)])
  await noteLook(await makeStaff(), who, now)
  await revealPassport(staff, requestId, 'contract')
  const looks = await looksAt(person)
  expect(looks.filter((look) => look.what === 'Открыта страница человека')).toHaveLength(2)
  expect(looks[0]).toMatchObject({ what: 'Паспорт открыт', reason: expect.stringMatching(/./) })
  expect(JSON.stringify(looks)).not.toContain(staff.login)
  expect(await looksAt(await makeSubscriber())).toEqual([])
})

test('a correction is asked once, answered once, within seven working days, with a letter', async () => {
  const { person, staff } = await makePerson()
  await Promise.all([1, 2].map(() => askDataCorrection(person, 'Одна «н»', NOW)))
  const [asked, ...more] = await ownRequests(person)
  expect(more).toEqual([])
  expect(asked).toMatchObject({ kind: 'correction', dueOn: '2026-12-03' })
  expect((await privacyQueue(staff, 'open')).map((row) => row.request.id)).toContain(asked?.id)
  const answer = { id: asked?.id ?? '', outcome: 'done' as const, note: 'Исправили' }
  const results = await Promise.all([1, 2].map(() => settleCorrection(staff, answer, NOW)))
  expect(results.map((result) => result.status).sort()).toEqual(['ok', 'refused'])
  const mail = eq(letters.toEmail, (await userOf(person))?.email ?? '')
  const kinds = (await db().select().from(letters).where(mail)).map((letter) => letter.kind).sort()
  expect(kinds.filter((kind) => kind.startsWith('privacy'))).toEqual(['privacy-received', 'privacy-settled'])
  expect(await recallRequest(person, answer.id, NOW)).toMatchObject({ code: 'absent' })
})

test('a withdrawal can be taken back by its owner while staff have not acted, and by nobody else', async () => {
  const { person, staff } = await makePerson()
  await Promise.all([1, 2].map(() => withdrawConsent(person, NOW)))
  const [asked, ...more] = await ownRequests(person)
  expect(more).toEqual([])
  expect(asked).toMatchObject({ kind: 'withdrawal', dueOn: '2026-12-24' })
  expect(await recallRequest(await makeSubscriber(), asked?.id ?? '', NOW)).toMatchObject({ code: 'absent' })
  expect(await accountsOf(person)).toHaveLength(1)
  expect(await recallRequest(person, asked?.id ?? '', NOW)).toMatchObject({ status: 'ok' })
  expect(await eraseWithdrawn(staff, asked?.id ?? '', NOW)).toMatchObject({ code: 'settled' })
  expect((await userOf(person))?.email).toContain('@')
})

test('an erasure destroys what no law keeps, keeps the rest, ends every way in, and makes one act', async () => {
  const home = await makePerson()
  const { person, staff, account } = home
  const email = (await userOf(person))?.email ?? ''
  await withdrawConsent(person, NOW)
  await db().update(letters).set({ sentAt: NOW }).where(eq(letters.toEmail, email))
  const [asked] = await ownRequests(person)
  const results = await Promise.all([1, 2].map(() => eraseWithdrawn(staff, asked?.id ?? '', NOW)))
  expect(results.map((result) => result.status).sort()).toEqual(['ok', 'refused'])

  expect(await userOf(person)).toMatchObject({
    lastName: 'удалено',
    email: '',
    phone: null,
    passwordHash: null,
  })
  expect(await accountsOf(person)).toEqual([])
  const own = eq(sessions.userId, person.userId)
  for (const session of await db().select().from(sessions).where(own))
    expect(session).toMatchObject({ device: '', address: '', revokeReason: 'ended' })
  const [passport] = await db().select().from(passports).where(eq(passports.requestId, home.requestId))
  expect(passport).toMatchObject({ wrappedKey: null, number: null, blindIndex: null, lastDigits: '' })
  expect(await canariesLeft(home, email)).toEqual(['letters: data-erased'])
  for (const table of ['charges', 'readings', 'payments'])
    expect(await rowsOf(table, account.id), table).toBeGreaterThan(0)
  expect(await db().$count(auditLog, eq(auditLog.subjectId, person.userId))).toBeGreaterThan(0)

  const [made, ...more] = await db().select().from(erasureActs).where(eq(erasureActs.userId, person.userId))
  expect(more).toEqual([])
  expect(await actOf(staff, made?.number ?? 0)).toMatchObject({
    login: person.login,
    destroyed: { users: 1, passports: 1, requests: 1, contacts: 1, photos: 1, nights: 1 },
  })
  await db().update(letters).set({ sentAt: NOW }).where(eq(letters.toEmail, email))
  await applyRetention(NOW)
  expect(await canariesLeft(home, email)).toEqual([])
  const before = await db().$count(letters)
  await requestRecovery(person.login, { address: '10.9.9.9' }, NOW)
  expect(await db().$count(letters)).toBe(before)
  for (const number of ['8', '10', '10a', '10b']) await holds(number)
})

/** Where the person's e-mail, name or address still stands. */
async function canariesLeft({ person }: { person: Subscriber }, email: string): Promise<string[]> {
  const found: string[] = []
  const wanted = new RegExp(`kanareika|Канаре|${email}`)
  const text = (row: unknown) => JSON.stringify(row)
  const tables = { users, accessRequests, contactChanges, consents, privacyRequests, accountAccess }
  for (const [name, table] of Object.entries(tables)) {
    const rows = await db().select().from(table)
    const theirs = rows.filter((row) => ('userId' in row ? row.userId === person.userId : true))
    if (theirs.some((row) => wanted.test(text(row)) && !text(row).includes('"decision":"refused"')))
      found.push(name)
  }
  for (const letter of await db().select().from(letters))
    if (text(letter).includes(email)) found.push(`letters: ${letter.kind}`)
  return found
}

async function rowsOf(table: string, accountId: number): Promise<number> {
  const { rows } = await pool().query(`select count(*)::int as count from ${table} where account_id = $1`, [
    accountId,
  ])
  return rows[0]?.count ?? 0
}

async function holds(number: string): Promise<void> {
  const invariant = readInvariants().find((one) => one.number === number)
  const client = await pool().connect()
  try {
    expect(invariant && (await breachesOf(client, invariant)), number).toEqual({ count: 0, first: [] })
  } finally {
    client.release()
  }
}

test('what is past its retention goes at night, with an act; a second run finds nothing', async () => {
  const { requestId, person } = await makePerson('refused')
  const of = eq(accessRequests.id, requestId)
  await applyRetention(later(364))
  expect((await db().select().from(accessRequests).where(of))[0]?.lastName).toBe('Канарейкин')
  const acts = await db().$count(erasureActs)
  await db().update(letters).set({ sentAt: NOW })
  const first = await applyRetention(later(366))
  expect(first).toMatchObject({ requests: expect.any(Number), letters: expect.any(Number) })
  expect(await db().$count(erasureActs)).toBe(acts + 1)
  const [request] = await db().select().from(accessRequests).where(of)
  expect(request).toMatchObject({ lastName: 'удалено', email: '', phone: '', refusalNote: null })
  expect(await db().$count(contactChanges, eq(contactChanges.userId, person.userId))).toBe(0)
  expect(Object.values(await applyRetention(later(366))).every((count) => count === 0)).toBe(true)
  expect(await db().$count(erasureActs)).toBe(acts + 1)
})
