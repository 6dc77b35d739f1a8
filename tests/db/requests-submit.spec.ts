import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { accessRequests, auditLog, consents, letters, passports } from '@/db/schema'
import { publishFirstVersions } from '@/lib/documents/commands'
import { currentDocuments } from '@/lib/documents/queries'
import { submitRequest } from '@/lib/requests/commands'
import { sentRequest } from '@/lib/requests/queries'
import { expect, test } from '../support/database'
import { makeAccount } from '../support/people'
import { requestInput } from '../support/requests'

const SUNDAY = new Date('2026-11-22T13:40:00Z')
const somewhere = () => ({ address: randomUUID() })

test.beforeAll(() => db().transaction(publishFirstVersions))

async function storedOf(submissionKey: string) {
  const [request] = await db()
    .select()
    .from(accessRequests)
    .where(eq(accessRequests.submissionKey, submissionKey))
  if (!request) throw new Error('no request')
  return request
}

test('a request is stored whole: number, deadline, consents, letter and journal', async () => {
  const input = requestInput({ acceptMessages: 'on' })
  const result = await submitRequest(input, { address: '203.0.113.7' }, SUNDAY)
  const request = await storedOf(input.submissionKey)
  expect(result).toEqual({ status: 'ok', value: { number: request.number, dueOn: '2026-11-25' } })
  expect(request).toMatchObject({
    number: expect.stringMatching(/^2026-\d{4,}$/),
    dueAt: new Date('2026-11-25T14:00:00Z'),
    lastName: 'Королёва-Щукина',
    phone: '+79101234567',
    postalAddress: '3 мкр., д. 7, кв. 41',
    submittedFrom: '203.0.113.7',
    decision: null,
  })
  const { agreement, consent } = await currentDocuments()
  const given = await db().select().from(consents).where(eq(consents.requestId, request.id))
  given.sort((one, other) => (one.kind < other.kind ? -1 : 1))
  expect(given.map(({ kind, documentVersion, textHash }) => ({ kind, documentVersion, textHash }))).toEqual([
    { kind: 'agreement', documentVersion: agreement.version, textHash: agreement.sha256 },
    { kind: 'messages', documentVersion: null, textHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { kind: 'personal_data', documentVersion: consent.version, textHash: consent.sha256 },
  ])
  const mail = await db().select().from(letters).where(eq(letters.toEmail, input.email))
  expect(mail).toMatchObject([
    { kind: 'request-received', payload: { number: request.number, dueOn: '2026-11-25' } },
  ])
  const journal = await db().select().from(auditLog).where(eq(auditLog.subjectId, request.id))
  expect(journal).toMatchObject([{ action: 'request.submitted', actorId: null, address: '203.0.113.7' }])
})

test('known and unknown accounts get the same answer', async () => {
  const { accountNumber } = await makeAccount()
  const answers = await Promise.all(
    [accountNumber, '99999999'].map((number) =>
      submitRequest(requestInput({ accountNumber: number }), somewhere(), SUNDAY),
    ),
  )
  expect(answers.map(({ status }) => status)).toEqual(['ok', 'ok'])
})

test('a phone that is no Russian mobile number is told at its field, and nothing is stored', async () => {
  const input = requestInput({ phone: '(48153) 3-15-30 0' })
  const result = await submitRequest(input, somewhere(), SUNDAY)
  expect(result).toMatchObject({ status: 'invalid', errors: { phone: expect.stringContaining('+7 9') } })
  expect(await sentRequest(input.submissionKey)).toBeUndefined()
})

test('the same form sent again is the same request, even when limits are used up', async () => {
  const from = somewhere()
  const input = requestInput()
  const first = await submitRequest(input, from, SUNDAY)
  for (let again = 0; again < 8; again += 1) expect(await submitRequest(input, from, SUNDAY)).toEqual(first)
  expect(await db().$count(letters, eq(letters.toEmail, input.email))).toBe(1)
})

test('ten presses at once are one request, one letter, one answer', async () => {
  const from = somewhere()
  const input = requestInput()
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => submitRequest({ ...input }, from, SUNDAY)),
  )
  const { number, dueOn } = await storedOf(input.submissionKey)
  expect(answers).toEqual(Array(10).fill({ status: 'ok', value: { number, dueOn } }))
  expect(await db().$count(letters, eq(letters.toEmail, input.email))).toBe(1)
})

test('the same form at two instances at once is one request', async () => {
  const input = requestInput()
  // Another spelling of the key passes by what this process remembers; the database still knows it.
  const spellings = [input.submissionKey, input.submissionKey.toUpperCase()]
  const answers = await Promise.all(
    spellings.map((submissionKey) => submitRequest({ ...input, submissionKey }, somewhere(), SUNDAY)),
  )
  const { number, dueOn } = await storedOf(input.submissionKey)
  expect(answers).toEqual(Array(2).fill({ status: 'ok', value: { number, dueOn } }))
  expect(await db().$count(letters, eq(letters.toEmail, input.email))).toBe(1)
})

test('a form sent before and changed since is not taken for the same', async () => {
  const input = requestInput()
  await submitRequest(input, somewhere(), SUNDAY)
  for (const change of [
    { accountNumber: '0000777' },
    { passport: '6614512093' },
    { email: 'other@example.ru' },
  ]) {
    const again = await submitRequest({ ...input, ...change }, somewhere(), SUNDAY)
    expect(again).toMatchObject({ status: 'refused', code: 'sent' })
  }
  expect(await db().$count(letters, eq(letters.toEmail, input.email))).toBe(1)
})

test('the sixth request of an hour from one address and the fourth of a day for one e-mail are refused', async () => {
  const from = somewhere()
  const byAddress = []
  for (let count = 0; count < 6; count += 1) byAddress.push(await submitRequest(requestInput(), from, SUNDAY))
  expect(byAddress.map(({ status }) => status)).toEqual([...Array(5).fill('ok'), 'refused'])
  const email = `${randomUUID()}@example.ru`
  const byEmail = []
  for (const typed of [email, email.toUpperCase(), email, email])
    byEmail.push(await submitRequest(requestInput({ email: typed }), somewhere(), SUNDAY))
  expect(byEmail.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'refused'])
  expect(byEmail[3]).toMatchObject({ code: 'often', message: expect.stringContaining('через 24 часа') })
})

test('a passport lies nowhere in the database in plain text', async () => {
  const input = requestInput()
  await submitRequest(input, somewhere(), SUNDAY)
  const { id } = await storedOf(input.submissionKey)
  const [sealed] = await db().select().from(passports).where(eq(passports.requestId, id))
  expect(sealed).toMatchObject({ lastDigits: '092', erasedAt: null })
  const dump = await dumpOfEverything()
  expect(dump).toContain(input.email)
  // Six digits alone come up by chance, within a hash or the fraction of a second.
  expect(dump).not.toMatch(/(?<![0-9a-f.])512092(?![0-9a-f])/)
  for (const secret of ['6614512092', '66 14', input.passportIssuedBy, input.passportIssuedOn])
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toString('base64')])
      expect(dump).not.toContain(form)
})

async function dumpOfEverything(): Promise<string> {
  const tables = await rowsOf(sql`select format('%I.%I', schemaname, tablename) as text from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`)
  const contents = await Promise.all(
    // The published documents are texts of the company's own.
    tables
      .filter((table) => !table.includes('document_versions'))
      .map((table) => rowsOf(sql`select t::text as text from ${sql.raw(table)} t`)),
  )
  return contents.flat().join('\n')
}

async function rowsOf(query: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await db().execute(query)
  return z
    .array(z.object({ text: z.string() }))
    .parse(rows)
    .map(({ text }) => text)
}
