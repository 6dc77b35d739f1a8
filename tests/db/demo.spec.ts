import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { and, eq, isNotNull, max } from 'drizzle-orm'
import { db } from '@/db/client'
import { loadDemo } from '@/db/demo/load'
import { demoRequisites } from '@/db/demo/requisites'
import {
  accountAccess,
  accounts,
  charges,
  consents,
  documentVersions,
  imports,
  ledgerEntries,
  payments,
  users,
} from '@/db/schema'
import { bufferSource } from '@/lib/exchange/files/source'
import { ownProfile } from '@/lib/exchange/profiles/own'
import { readFile } from '@/lib/exchange/reading'
import { verifyPassword } from '@/lib/session/passwords'
import { hasSecret } from '@/lib/session/second-factor'
import { readSettings } from '@/lib/settings/queries'
import { kopecks, sumKopecks } from '@/lib/units/money'
import { expect, testAlone } from '../support/database'

/** the demo wants an empty one. */
const test = testAlone('demo')

test.describe.configure({ mode: 'serial', timeout: 120_000 })

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kabinet-demo-'))
const options = { dataDir, publicUrl: 'http://localhost:3999', databaseUrl: 'postgres://somewhere/else' }

async function start() {
  const demo = await loadDemo(options)
  if (!demo) throw new Error('not a demo')
  writeFileSync(path.join(dataDir, 'demo.json'), JSON.stringify(demo))
  return demo
}

async function fits({ login, password }: { login: string; password: string }) {
  const [user] = await db().select().from(users).where(eq(users.login, login))
  return verifyPassword(password, user?.passwordHash ?? null)
}

test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('the first start makes the company by the import itself', async () => {
  const demo = await start()
  expect(demo.billingFiles).toHaveLength(28)
  expect(demo.billingFiles.map((file) => path.basename(file)).slice(0, 3)).toEqual([
    'accounts.csv',
    'meters.csv',
    'tariffs.csv',
  ])
  expect(await db().$count(accounts)).toBe(300)
  expect(await db().$count(imports, isNotNull(imports.loadedAt))).toBe(28)
  expect(await db().$count(documentVersions)).toBe(3)
  const settings = await readSettings(db())
  expect(settings).toMatchObject({ readingWindow: { from: 1, to: 31 }, requisites: demoRequisites })
  expect(await fits(demo.staff)).toBe(true)
  expect(await fits(demo.subscriber)).toBe(true)
  const [subscriber] = await db().select().from(users).where(eq(users.login, demo.subscriber.login))
  expect(await db().$count(accountAccess, eq(accountAccess.userId, subscriber?.id ?? ''))).toBe(2)
})

test('every balance is that of the newest file, to the kopeck', async () => {
  const demo = await start()
  const stated = new Map<string, bigint>()
  const newestFile = demo.billingFiles.findLast((file) => path.basename(file).startsWith('charges-')) ?? ''
  for await (const { accepted } of readFile(bufferSource(readFileSync(newestFile)), ownProfile('charges')))
    for (const { row } of accepted)
      if ('closing' in row) stated.set(row.accountNumber, (stated.get(row.accountNumber) ?? 0n) + row.closing)
  const [newest] = await db()
    .select({ period: max(charges.period) })
    .from(charges)
  if (!newest?.period) throw new Error('no charges')
  const rows = await db()
    .select({ account: accounts.accountNumber, closing: charges.closing })
    .from(charges)
    .innerJoin(accounts, eq(accounts.id, charges.accountId))
    .where(eq(charges.period, newest.period))
  const balances = new Map<string, bigint>()
  for (const { account, closing } of rows) balances.set(account, (balances.get(account) ?? 0n) + closing)
  expect(balances).toEqual(stated)
  expect(sumKopecks([...balances.values()].map(kopecks))).not.toBe(0n)
})

test('payments after the newest bills wait beside the balance, earlier ones are in it', async () => {
  await start()
  const entered = await db()
    .select({ paidAt: payments.paidAt, amount: payments.amount, entry: ledgerEntries.amount })
    .from(payments)
    .leftJoin(ledgerEntries, eq(ledgerEntries.paymentId, payments.id))
  const [{ asOf } = {}] = await db()
    .select({ asOf: max(imports.asOf) })
    .from(imports)
    .where(eq(imports.kind, 'charges'))
  if (!asOf) throw new Error('no moment')
  expect(entered.filter(({ paidAt, amount, entry }) => entry !== (paidAt > asOf ? -amount : null))).toEqual(
    [],
  )
  expect(entered.filter(({ entry }) => entry).length).toBeGreaterThan(5)
})

test('a later start changes nothing and keeps the passwords', async () => {
  const first = await start()
  const before = await db().$count(imports)
  expect(await start()).toEqual(first)
  expect(await db().$count(imports)).toBe(before)
})

test('both members of staff have a second factor from the start; only the auditor changes nothing', async () => {
  const { staff, auditor } = await start()
  for (const { login, totpSecret } of [staff, auditor]) {
    const [user] = await db().select().from(users).where(eq(users.login, login))
    expect(await db().transaction((tx) => hasSecret(tx, user?.id ?? '', totpSecret))).toBe(true)
    expect(user?.roles.includes('auditor')).toBe(login === auditor.login)
  }
  expect(await fits(auditor)).toBe(true)
})

test('a lost demo.json means new passwords', async () => {
  const first = await start()
  rmSync(path.join(dataDir, 'demo.json'))
  const second = await start()
  expect(second.staff.password).not.toBe(first.staff.password)
  expect(await fits(first.staff)).toBe(false)
  expect(await fits(second.staff)).toBe(true)
  expect(await fits(second.subscriber)).toBe(true)
})

test('lost files are made again as they were', async () => {
  const { billingFiles } = await start()
  const before = billingFiles.map((file) => readFileSync(file))
  rmSync(path.join(dataDir, 'billing'), { recursive: true })
  const { billingFiles: again } = await start()
  expect(again.map((file) => readFileSync(file))).toEqual(before)
})

test('the applicant is an open account of billing nobody has access to, another once somebody has', async () => {
  const { applicant, subscriber } = await start()
  const [account] = await db()
    .select()
    .from(accounts)
    .where(eq(accounts.accountNumber, applicant.accountNumber))
  const { lastName, firstName, patronymic, registrationAddress, phone } = applicant
  expect(account).toMatchObject({
    holderName: `${lastName} ${firstName} ${patronymic}`,
    address: registrationAddress,
    phone,
    closedOn: null,
  })
  expect(applicant.passport).toMatch(/^\d{4} \d{6}$/)
  const [user] = await db().select().from(users).where(eq(users.login, subscriber.login))
  await db()
    .insert(accountAccess)
    .values({ userId: user?.id ?? '', accountId: account?.id ?? 0 })
  expect((await start()).applicant.accountNumber).not.toBe(applicant.accountNumber)
})

test('a start that was cut short is gone on with', async () => {
  const [last] = await db().select().from(users).where(eq(users.login, 'korolyova'))
  await db()
    .delete(accountAccess)
    .where(eq(accountAccess.userId, last?.id ?? ''))
  await db()
    .delete(consents)
    .where(eq(consents.userId, last?.id ?? ''))
  await db()
    .delete(users)
    .where(eq(users.id, last?.id ?? ''))
  const before = await db().$count(imports)
  const { subscriber } = await start()
  expect(await fits(subscriber)).toBe(true)
  expect(await db().$count(imports)).toBe(before)
})

test('a database that holds something else is left alone', async () => {
  await db().update(users).set({ email: 'somebody@example.ru' }).where(eq(users.login, 'operator'))
  const before = await db().$count(imports)
  expect(await loadDemo(options)).toBeUndefined()
  expect(await db().$count(imports)).toBe(before)
  await db()
    .update(users)
    .set({ email: 'operator@demo.example.ru' })
    .where(and(eq(users.login, 'operator')))
})
