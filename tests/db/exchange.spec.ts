import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, auditLog, importChunks, importRejects, imports } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { forgetOldFiles, loadImport, requestLoad } from '@/lib/exchange/commands'
import { importReport, importsPage } from '@/lib/exchange/queries'
import { changeSettings } from '@/lib/settings/commands'
import { quantity } from '@/lib/units/quantity'
import type { Row } from '../support/billing-file'
import { expect, test } from '../support/database'
import { check, freshNumber, load, statedOf, viewOf } from '../support/imports'
import { makeAccount, makeStaff } from '../support/people'

const countOf = async (accountNumber: string) => (await statedOf(accountNumber)).length

test('accounts are added, then changed, and untouched when they do not differ', async () => {
  const [one, two] = [freshNumber(), freshNumber()]
  const rows = [{ accountNumber: one }, { accountNumber: two, closedOn: '01.05.2026', phone: '' }]
  const { report } = await check('accounts', rows)
  expect(report.changes).toEqual([{ what: 'Лицевые счета', added: 2, changed: 0, unchanged: 0 }])
  await load('accounts', rows)
  const [before] = await db().select().from(accounts).where(eq(accounts.accountNumber, two))
  expect(before).toMatchObject({ area: quantity('54.3'), residents: 3, phone: null, closedOn: '2026-05-01' })
  await load('accounts', [{ accountNumber: one, holderName: 'Ли Вэй' }, rows[1] ?? {}])
  const [renamed] = await db().select().from(accounts).where(eq(accounts.accountNumber, one))
  const [after] = await db().select().from(accounts).where(eq(accounts.accountNumber, two))
  expect(renamed?.holderName).toBe('Ли Вэй')
  expect(after).toEqual(before)
})

test('charges come to the kopeck, and the same file twice changes nothing', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const rows: Row[] = [
    { accountNumber, opening: '-1872,61', paid: '0,00', closing: '-1583,64' },
    { accountNumber, service: 'Отопление', unit: 'Гкал', volume: '1,3086', closing: '288,97' },
  ]
  const first = await load('charges', rows)
  expect(first.report.changes).toEqual([{ what: 'Начисления', added: 2, changed: 0, unchanged: 0 }])
  expect(first.report.totals.map(({ service, closing }) => [service, closing])).toEqual(
    expect.arrayContaining([['Холодное водоснабжение', -158_364n]]),
  )
  const loaded = await statedOf(accountNumber)
  expect(loaded.map(({ closing }) => closing)).toEqual([28_897n, -158_364n])
  const again = await load('charges', rows)
  expect(again.report.changes).toEqual([{ what: 'Начисления', added: 0, changed: 0, unchanged: 2 }])
  expect(await statedOf(accountNumber)).toEqual(loaded)
  const corrected = await load('charges', rows.with(1, { ...rows[1], charged: '300,00', closing: '300,00' }))
  expect(corrected.report.changes).toMatchObject([{ added: 0, changed: 1, unchanged: 1 }])
  expect((await statedOf(accountNumber)).map(({ charged }) => charged)).toEqual([30_000n, 28_897n])
})

test('a rehearsal names accounts whose charges moved far, and last month beside the totals', async () => {
  const [steady, moved] = [freshNumber(), freshNumber()]
  for (const accountNumber of [steady, moved]) await makeAccount({ accountNumber })
  const service = 'Обращение с ТКО'
  const row = (accountNumber: string, period: string, charged: string) => ({
    ...{ accountNumber, period, service, charged },
    ...{ opening: '0,00', paid: '0,00', closing: charged },
  })
  await load('charges', [row(steady, '03.2025', '100,00'), row(moved, '03.2025', '100,00')])
  const { report } = await check('charges', [
    row(steady, '04.2025', '149,00'),
    row(moved, '04.2025', '151,00'),
  ])
  expect(report).toMatchObject({ outlierShare: 50, outlierCount: 1, periods: ['2025-04'] })
  expect(report.outliers).toEqual([
    { accountNumber: moved, period: '2025-04', before: 10_000n, now: 15_100n },
  ])
  expect(report.totals).toMatchObject([{ service, charged: 30_000n, before: { rows: 2, charged: 20_000n } }])
})

test('tariffs and norms are kept by the day they are in force from', async () => {
  const service = `Услуга ${freshNumber()}`
  const first = await load('tariffs', [{ service }, { service, validFrom: '01.01.2026', price: '40,05' }])
  expect(first.report.changes).toMatchObject([{ added: 2 }])
  const again = await load('tariffs', [{ service }, { service, validFrom: '01.01.2026', price: '41' }])
  expect(again.report.changes).toMatchObject([{ added: 0, changed: 1, unchanged: 1 }])
})

test('rows of unknown accounts are rejected; the rest loads only when somebody says so', async () => {
  const [known, unknown] = [freshNumber(), freshNumber()]
  await makeAccount({ accountNumber: known })
  const { staff, id, report } = await check('charges', [{ accountNumber: unknown }, { accountNumber: known }])
  expect(report).toMatchObject({ rows: 2, accepted: 1, rejectCount: 1, refusal: null })
  expect(report.rejects).toEqual([{ line: 2, column: 'ЛС', reason: expect.stringContaining('счёта нет') }])
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'rejects' })
  expect(await requestLoad(staff, id)).toMatchObject({ status: 'refused', code: 'rejects' })
  expect(await countOf(known)).toBe(0)
  expect(await loadImport(staff, id, { withoutRejects: true })).toMatchObject({ status: 'ok' })
  expect(await countOf(known)).toBe(1)
  const kept = await db().select().from(importRejects).where(eq(importRejects.importId, id))
  expect(kept).toMatchObject([
    { line: 2, cells: expect.arrayContaining([unknown, 'Холодное водоснабжение']) },
  ])
})

test('unreadable lines are kept as they stand, and a row that comes twice is rejected', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const row = { accountNumber }
  const bad = { accountNumber, service: 'Отопление', volume: 'много' }
  const { id, report } = await check('charges', [row, bad, row])
  expect(report.rejects).toEqual([
    { line: 3, column: 'Объём', reason: expect.any(String) },
    { line: 4, column: 'ЛС', reason: 'Такая строка в файле уже есть' },
  ])
  const [first] = await db().select().from(importRejects).where(eq(importRejects.importId, id))
  expect(first?.cells).toContain('много')
  expect(report.rejects.map(({ reason }) => reason).join()).not.toContain('много')
})

test('a file loads after the accounts it lacked have come', async () => {
  const accountNumber = freshNumber()
  const { staff, id, report } = await check('charges', [{ accountNumber }])
  expect(report.accepted).toBe(0)
  await makeAccount({ accountNumber })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect((await viewOf(staff, id)).report).toMatchObject({ accepted: 1, rejectCount: 0 })
})

test('a month of rejected rows alone is none of the file’s, until they are rejected no more', async () => {
  const [known, unknown] = [freshNumber(), freshNumber()]
  await makeAccount({ accountNumber: known })
  const rows = [{ accountNumber: known }, { accountNumber: unknown, period: '12.2026' }]
  const { staff, id, report } = await check('charges', rows)
  expect(report).toMatchObject({ rejectCount: 1, periods: ['2026-10'] })
  const [checked] = await db().select().from(imports).where(eq(imports.id, id))
  expect(checked?.asOf).toEqual(new Date('2026-11-01T00:00:00+03:00'))
  await makeAccount({ accountNumber: unknown })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect((await viewOf(staff, id)).report).toMatchObject({ accepted: 2, periods: ['2026-10', '2026-12'] })
  expect(await countOf(unknown)).toBe(1)
})

test('a refused file leaves not a row and cannot be loaded', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { staff, id, number, report } = await check('charges', [{ accountNumber }], { 1: '7' })
  expect(report.refusal).toMatchObject({ line: 3, reason: expect.stringContaining('строк 7') })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'refused' })
  expect(await countOf(accountNumber)).toBe(0)
  const { rows } = await db().execute(sql`select to_regclass(${`staging_${number}`}) as staged`)
  expect(rows).toEqual([{ staged: null }])
})

test('two loads at once: one happens, the other is told by whom', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { id } = await check('charges', [{ accountNumber }])
  const pair = [await makeStaff(), await makeStaff()]
  const results = await Promise.all(pair.map((staff) => loadImport(staff, id)))
  expect(results.map(({ status }) => status).toSorted()).toEqual(['ok', 'refused'])
  const winner = pair[results.findIndex(({ status }) => status === 'ok')]
  const loser = results.find((result) => result.status === 'refused')
  expect(loser).toMatchObject({ code: 'loaded', message: expect.stringContaining(winner?.login ?? '?') })
  expect(await countOf(accountNumber)).toBe(1)
  const loads = and(eq(auditLog.action, 'import.loaded'), eq(auditLog.subjectId, id))
  expect(await db().$count(auditLog, loads)).toBe(1)
})

test('where the settings ask for two, whoever brought a file does not load it', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { staff, id } = await check('charges', [{ accountNumber }])
  const fourEyes = (on: boolean) =>
    db().transaction((tx) => changeSettings(tx, SERVICE, { exchange: { fourEyes: on, outlierShare: 50 } }))
  await fourEyes(true)
  try {
    expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'second-person' })
    expect(await importReport(staff, id)).toMatchObject({ needsOther: true, state: 'checked' })
    expect(await loadImport(await makeStaff(), id)).toMatchObject({ status: 'ok' })
  } finally {
    await fourEyes(false)
  }
})

test('a failure in the middle leaves nothing, and the file can be loaded later', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const services = Array.from({ length: 40 }, (_, place) => ({
    accountNumber,
    service: `Новая услуга ${place}`,
  }))
  const bad = { accountNumber, charged: '0,66', closing: '0,66' }
  const { staff, id } = await check('charges', [...services, bad])
  await db().execute(sql`alter table charges add constraint crafted check (charged <> 66) not valid`)
  await expect(loadImport(staff, id)).rejects.toThrow()
  await db().execute(sql`alter table charges drop constraint crafted`)
  expect(await countOf(accountNumber)).toBe(0)
  const added = await db().execute(sql`select 1 from services where name like 'Новая услуга%'`)
  expect(added.rows).toEqual([])
  expect(await importReport(staff, id)).toMatchObject({
    state: 'checked',
    loadedAt: null,
    problem: expect.stringContaining('ничего не изменилось'),
  })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await countOf(accountNumber)).toBe(41)
})

test('a load goes on from the file when a crash has emptied what was staged', async () => {
  const accountNumber = freshNumber()
  await makeAccount({ accountNumber })
  const { staff, id, number } = await check('charges', [{ accountNumber }])
  await db().execute(sql.raw(`truncate staging_${number}`))
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await countOf(accountNumber)).toBe(1)
})

test('each step stands in the journal without personal data; the bytes go with the load', async () => {
  const accountNumber = freshNumber()
  const { staff, id, number } = await check('accounts', [
    { accountNumber, holderName: 'Особенная Фамилия Здесь' },
  ])
  await loadImport(staff, id)
  const rows = await db().select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id)
  expect(rows.map(({ action, actorLogin }) => [action, actorLogin])).toEqual([
    ['import.received', staff.login],
    ['import.checked', staff.login],
    ['import.loaded', staff.login],
  ])
  expect(rows[2]?.after).toMatchObject({ kind: 'accounts', rows: 1, added: 1, changed: 0, unchanged: 0 })
  expect(JSON.stringify(rows)).not.toContain('Особенная')
  expect(await db().$count(importChunks, eq(importChunks.importId, id))).toBe(0)
  const staged = await db().execute(sql`select to_regclass(${`staging_${number}`}) as staged`)
  expect(staged.rows).toEqual([{ staged: null }])
  const [kept] = await db().select().from(imports).where(eq(imports.id, id))
  expect(JSON.stringify(kept?.report)).not.toContain('Особенная')
  const page = await importsPage(staff)
  expect(page.find((one) => one.id === id)).toMatchObject({
    loadedBy: staff.login,
    receivedBy: staff.login,
    waiting: false,
  })
})

test('a file nobody loaded loses its bytes after a week', async () => {
  const { staff, id } = await check('accounts', [{ accountNumber: freshNumber() }])
  const fresh = await check('accounts', [{ accountNumber: freshNumber() }])
  await db().update(imports).set({ receivedAt: sql`now() - interval '8 days'` }).where(eq(imports.id, id))
  await forgetOldFiles()
  expect(await loadImport(staff, fresh.id)).toMatchObject({ status: 'ok' })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'gone' })
})

test('an id of nothing is nothing', async () => {
  const staff = await makeStaff()
  expect(await importReport(staff, 'x')).toBeUndefined()
  const id = '7b1c3f63-9f3e-4b8a-9d53-3a5b8c1d2e4f'
  expect(await importReport(staff, id)).toBeUndefined()
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'unknown' })
})
