import { eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, documentVersions, users } from '@/db/schema'
import { publishMissingVersions } from '@/lib/documents/commands'
import { currentDocuments } from '@/lib/documents/queries'
import { verifyPassword } from '@/lib/session/passwords'
import { readSettings } from '@/lib/settings/queries'
import { setUpCode } from '@/lib/setup/code'
import { setUp, setUpByCode } from '@/lib/setup/commands'
import { needsSetUp } from '@/lib/setup/queries'
import { setUpSchema } from '@/lib/setup/schema'
import { expect, testAlone } from '../support/database'
import { newCompany } from '../support/setup'

/** it wants an empty one. */
const test = testAlone('setup')

test.describe.configure({ mode: 'serial' })

const company = setUpSchema.parse(newCompany)
const byCode = (code: string, address: string, files: Record<string, File> = {}) =>
  setUpByCode({ ...company, code, files: { ...files } }, { address })

test('an empty service waits: no documents are published in anybody else’s name', async () => {
  await db().transaction(publishMissingVersions)
  expect(await db().$count(documentVersions)).toBe(0)
  expect(await needsSetUp()).toBe(true)
})

test('a stranger without the code gets nowhere, and only so often', async () => {
  for (let attempt = 1; attempt <= 10; attempt++)
    expect(await byCode('0000-0000-0000', '203.0.113.7')).toMatchObject({
      errors: { code: expect.stringContaining('Код не подошёл') },
    })
  expect(await byCode(setUpCode(), '203.0.113.7')).toMatchObject({ code: 'throttled' })
  expect(await db().$count(users)).toBe(0)
})

test('what is wrong leaves nothing behind', async () => {
  const weak = { ...company, administrator: { ...company.administrator, password: 'kovaleva12345678' } }
  expect(await setUp(weak, '')).toMatchObject({ errors: { 'administrator.password': expect.any(String) } })
  const broken = new File([new Uint8Array([0xff, 0xfe, 0x41])], 'privacy.md')
  expect(await byCode(setUpCode(), '203.0.113.8', { privacy: broken })).toMatchObject({
    errors: { 'files.privacy': expect.stringContaining('UTF-8') },
  })
  await db().execute(sql`insert into users (kind, login, last_name, first_name, email)
    values ('subscriber', 'kovaleva', 'Ковалёва', 'Анна', 'anna@example.ru')`)
  expect(await setUp(company, '')).toMatchObject({ errors: { 'administrator.login': expect.any(String) } })
  expect((await readSettings(db())).company.name).toBe('МУП «ККП»')
  expect(await db().$count(documentVersions)).toBe(0)
  await db().delete(users)
})

test('one of several at once makes the company: settings, administrator, documents in its name', async () => {
  const own = new File(['## Политика\n\nСвоя.'], 'privacy.md')
  const outcomes = await Promise.all(
    [1, 2, 3].map((one) => byCode(setUpCode(), `203.0.113.${10 + one}`, { privacy: own })),
  )
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['ok', 'refused', 'refused'])
  expect(await readSettings(db())).toMatchObject({ company: company.company, requisites: null, demo: false })
  const [admin, ...others] = await db().select().from(users)
  expect(others).toEqual([])
  expect(admin).toMatchObject({
    kind: 'staff',
    login: 'kovaleva',
    roles: ['operator', 'billing', 'support', 'administrator'],
  })
  expect(await verifyPassword(newCompany.administrator.password, admin?.passwordHash ?? null)).toBe(true)
  const { agreement, consent, privacy } = await currentDocuments()
  for (const { body, version } of [agreement, consent]) {
    expect(version).toBe(1)
    expect(body).toContain('МУП «Водоканал»')
    expect(body).not.toContain('ККП')
  }
  expect(privacy.body).toBe('## Политика\n\nСвоя.')
  expect(await db().$count(auditLog, eq(auditLog.action, 'company.set-up'))).toBe(1)
})

test('afterwards it is done: the code opens nothing, and no version is published over', async () => {
  expect(await needsSetUp()).toBe(false)
  expect(await byCode(setUpCode(), '203.0.113.20')).toMatchObject({ code: 'done' })
  expect(await setUp(company, '')).toMatchObject({ code: 'done' })
  await db().transaction(publishMissingVersions)
  expect(await db().$count(documentVersions)).toBe(3)
})
