import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, auditLog, charges, imports, meters, readings, services } from '@/db/schema'
import { checkFile, forgetOldFiles, loadImport } from '@/lib/exchange/commands'
import { importReport, importsPage } from '@/lib/exchange/queries'
import type { ImportKind } from '@/lib/exchange/schema'
import { submitReadings } from '@/lib/readings/commands'
import { day } from '@/lib/units/day'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { billingFile, type Row } from '../support/billing-file'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

let made = 500_000
const number = () => `09${++made}`

async function check(kind: ImportKind, rows: Row[], total?: Record<number, string>) {
  const staff = await makeStaff()
  const result = await checkFile(staff, { fileName: `${kind}.csv`, bytes: billingFile(kind, rows, total) })
  if (result.status !== 'ok') throw new Error(`not checked: ${result.status}`)
  const report = await importReport(staff, result.value.id)
  if (!report) throw new Error('no report')
  return { staff, ...report }
}

async function load(kind: ImportKind, rows: Row[]) {
  const { staff, id } = await check(kind, rows)
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  return importReport(staff, id)
}

const countOf = async (accountNumber: string) => (await chargesOf(accountNumber)).length
async function chargesOf(accountNumber: string) {
  return db()
    .select({
      service: services.name,
      period: charges.period,
      closing: charges.closing,
      charged: charges.charged,
    })
    .from(charges)
    .innerJoin(accounts, eq(accounts.id, charges.accountId))
    .innerJoin(services, eq(services.id, charges.serviceId))
    .where(eq(accounts.accountNumber, accountNumber))
    .orderBy(charges.period, services.name)
}

test('accounts are added, then changed, and untouched when they do not differ', async () => {
  const [one, two] = [number(), number()]
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
  const accountNumber = number()
  await makeAccount({ accountNumber })
  const rows: Row[] = [
    { accountNumber, opening: '-1872,61', paid: '0,00', closing: '-1583,64' },
    { accountNumber, service: 'Отопление', unit: 'Гкал', volume: '1,3086', closing: '288,97' },
  ]
  const first = await load('charges', rows)
  expect(first?.report.changes).toEqual([{ what: 'Начисления', added: 2, changed: 0, unchanged: 0 }])
  expect(first?.report.totals.map(({ service, closing }) => [service, closing])).toEqual(
    expect.arrayContaining([['Холодное водоснабжение', -158_364n]]),
  )
  const loaded = await chargesOf(accountNumber)
  expect(loaded.map(({ closing }) => closing)).toEqual([28_897n, -158_364n])
  const again = await load('charges', rows)
  expect(again?.report.changes).toEqual([{ what: 'Начисления', added: 0, changed: 0, unchanged: 2 }])
  expect(await chargesOf(accountNumber)).toEqual(loaded)
  const corrected = await load('charges', rows.with(1, { ...rows[1], charged: '300,00', closing: '300,00' }))
  expect(corrected?.report.changes).toMatchObject([{ added: 0, changed: 1, unchanged: 1 }])
  expect((await chargesOf(accountNumber)).map(({ charged }) => charged)).toEqual([30_000n, 28_897n])
})

test.describe('meters and readings', () => {
  const values = async (accountNumber: string) =>
    db()
      .select({
        period: readings.period,
        value: readings.value,
        version: readings.version,
        old: readings.supersededAt,
      })
      .from(readings)
      .innerJoin(accounts, eq(accounts.id, readings.accountId))
      .where(eq(accounts.accountNumber, accountNumber))
      .orderBy(readings.period, readings.version)

  test('a differing value becomes the next version, the same value does not', async () => {
    const accountNumber = number()
    await makeAccount({ accountNumber })
    const september = { accountNumber, takenOn: '24.09.2026', t1: '310' }
    const october = { accountNumber, takenOn: '24.10.2026', t1: '315,204' }
    const first = await load('meters', [september, october])
    expect(first?.report.changes.map(({ added }) => added)).toEqual([1, 2])
    const again = await load('meters', [september, october])
    expect(again?.report.changes.map(({ unchanged }) => unchanged)).toEqual([1, 2])
    await load('meters', [{ ...october, t1: '316', verifiedUntil: '01.02.2030' }])
    expect(await values(accountNumber)).toMatchObject([
      { period: '2026-09', value: quantity('310'), version: 1, old: null },
      { period: '2026-10', value: quantity('315.204'), version: 1, old: expect.any(Date) },
      { period: '2026-10', value: quantity('316'), version: 2, old: null },
    ])
    const [meter] = await db().select().from(meters).where(eq(meters.verifiedUntil, sql`'2030-02-01'`))
    expect(meter).toMatchObject({ serial: '48-221907', kind: 'cold_water' })
  })

  test('a lower value is rejected, one past the highest is kept as such', async () => {
    const accountNumber = number()
    await makeAccount({ accountNumber })
    const months = (after: string) => [
      { accountNumber, takenOn: '24.09.2026', t1: '99990' },
      { accountNumber, takenOn: '24.10.2026', t1: after },
    ]
    const { report } = await check('meters', months('50000'))
    expect(report.rejects).toEqual([
      { line: 3, column: 'Показание T1', reason: 'Показание меньше предыдущего' },
    ])
    await load('meters', months('12,5'))
    const [turned] = await db()
      .select()
      .from(readings)
      .where(and(eq(readings.rolledOver, true), isNull(readings.supersededAt)))
      .orderBy(desc(readings.receivedAt))
    expect(turned).toMatchObject({ period: '2026-10', value: quantity('12.5'), channel: 'import' })
  })

  test('a load and readings sent at the same moment: both are taken, one value is in force', async () => {
    const now = new Date('2026-11-22T12:00:00+03:00')
    const homes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const { id, accountNumber } = await makeAccount({ accountNumber: number() })
        const serial = `48-${accountNumber}`
        await makeMeter(
          id,
          { serial, installedOn: day('2022-02-01'), place: 'ванная' },
          { '2026-10': ['310'] },
        )
        return { id, accountNumber, serial, subscriber: await makeSubscriber([id]) }
      }),
    )
    const { staff, id } = await check(
      'meters',
      homes.map(({ accountNumber, serial }) => ({ accountNumber, serial, takenOn: '20.11.2026', t1: '316' })),
    )
    let loading = true
    const sent = homes.map(async (home) => {
      const [meter] = await db().select().from(meters).where(eq(meters.accountId, home.id))
      const outcomes = new Set<string>()
      for (let count = 0; loading; count += 1) {
        const input = { account: home.accountNumber, [`m${meter?.id}r1`]: `317,${count % 1000}` }
        outcomes.add((await submitReadings(home.subscriber, home.id, input, now)).status)
      }
      return [...outcomes]
    })
    const load = loadImport(staff, id).finally(() => {
      loading = false
    })
    expect(await load).toMatchObject({ status: 'ok' })
    expect((await Promise.all(sent)).flat().filter((status) => status !== 'ok')).toEqual([])
    for (const home of homes) {
      const november = (await values(home.accountNumber)).filter(({ period }) => period === '2026-11')
      expect(november.filter(({ old }) => old === null)).toHaveLength(1)
      expect(november.map(({ value }) => value)).toContain(quantity('316'))
    }
  })

  test('with a lower row gone, the next is weighed against the month before it', async () => {
    const accountNumber = number()
    await makeAccount({ accountNumber })
    await load('meters', [{ accountNumber, takenOn: '24.08.2026', t1: '100' }])
    const { report } = await check('meters', [
      { accountNumber, takenOn: '24.09.2026', t1: '50' },
      { accountNumber, takenOn: '24.10.2026', t1: '60' },
      { accountNumber, takenOn: '20.11.2026', t1: '101' },
    ])
    expect(report.rejects.map(({ line }) => line)).toEqual([2, 3])
    expect(report.changes[1]).toMatchObject({ what: 'Показания', added: 1 })
  })
})

test('rows of unknown accounts are rejected; the rest loads only when somebody says so', async () => {
  const [known, unknown] = [number(), number()]
  await makeAccount({ accountNumber: known })
  const { staff, id, report } = await check('charges', [{ accountNumber: unknown }, { accountNumber: known }])
  expect(report).toMatchObject({ rows: 2, accepted: 1, rejectCount: 1, refusal: null })
  expect(report.rejects).toEqual([{ line: 2, column: 'ЛС', reason: expect.stringContaining('счёта нет') }])
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'rejects' })
  expect(await countOf(known)).toBe(0)
  expect(await loadImport(staff, id, { withoutRejects: true })).toMatchObject({ status: 'ok' })
  expect(await countOf(known)).toBe(1)
})

test('a file loads after the accounts it lacked have come', async () => {
  const accountNumber = number()
  const { staff, id, report } = await check('charges', [{ accountNumber }])
  expect(report.accepted).toBe(0)
  await makeAccount({ accountNumber })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect((await importReport(staff, id))?.report).toMatchObject({ accepted: 1, rejectCount: 0 })
})

test('a refused file keeps no bytes and cannot be loaded', async () => {
  const accountNumber = number()
  await makeAccount({ accountNumber })
  const { staff, id, report, waiting } = await check('charges', [{ accountNumber }], { 1: '7' })
  expect(report.refusal).toMatchObject({ line: 3, reason: expect.stringContaining('строк 7') })
  expect(waiting).toBe(false)
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'refused' })
  expect(await countOf(accountNumber)).toBe(0)
})

test('what is no billing file leaves nothing behind', async () => {
  const staff = await makeStaff()
  const before = await db().$count(imports)
  for (const [bytes, code] of [
    [Buffer.alloc(0), 'empty'],
    [Buffer.from('PK\u0003\u0004\u0000\u0000'), 'unknown-kind'],
    [Buffer.from('Имя;Сумма\r\nОля;1\r\n'), 'unknown-kind'],
    [Buffer.from('"'.repeat(1001)), 'unknown-kind'],
  ] as const) {
    expect(await checkFile(staff, { fileName: 'x.csv', bytes })).toMatchObject({ status: 'refused', code })
  }
  expect(await db().$count(imports)).toBe(before)
})

test('two loads at once: one happens, the other is told by whom', async () => {
  const accountNumber = number()
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

test('a failure in the middle leaves nothing, and the file can be loaded later', async () => {
  const accountNumber = number()
  await makeAccount({ accountNumber })
  const services = Array.from({ length: 40 }, (_, place) => ({
    accountNumber,
    service: `Новая услуга ${place}`,
  }))
  const { staff, id } = await check('charges', [
    ...services,
    { accountNumber, charged: '0,66', closing: '0,66' },
  ])
  await db().execute(sql`alter table charges add constraint crafted check (charged <> 66) not valid`)
  await expect(loadImport(staff, id)).rejects.toThrow()
  await db().execute(sql`alter table charges drop constraint crafted`)
  expect(await countOf(accountNumber)).toBe(0)
  const added = await db().execute(sql`select 1 from services where name like 'Новая услуга%'`)
  expect(added.rows).toEqual([])
  expect(await importReport(staff, id)).toMatchObject({ waiting: true, loadedAt: null })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await countOf(accountNumber)).toBe(41)
})

test('check and load stand in the journal without personal data; the bytes go with the load', async () => {
  const accountNumber = number()
  const { staff, id } = await check('accounts', [{ accountNumber, holderName: 'Особенная Фамилия Здесь' }])
  await loadImport(staff, id)
  const rows = await db().select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id)
  expect(rows.map(({ action, actorLogin }) => [action, actorLogin])).toEqual([
    ['import.checked', staff.login],
    ['import.loaded', staff.login],
  ])
  expect(rows[1]?.after).toMatchObject({ kind: 'accounts', rows: 1, added: 1, changed: 0, unchanged: 0 })
  expect(JSON.stringify(rows)).not.toContain('Особенная')
  const [kept] = await db().select().from(imports).where(eq(imports.id, id))
  expect(kept?.content).toBeNull()
  expect(JSON.stringify(kept?.report)).not.toContain('Особенная')
  const [newest] = await importsPage(staff)
  expect(newest).toMatchObject({ id, loadedBy: staff.login, checkedBy: staff.login })
})

test('a file nobody loaded loses its bytes after a week', async () => {
  const { staff, id } = await check('accounts', [{ accountNumber: number() }])
  const fresh = await check('accounts', [{ accountNumber: number() }])
  await db().update(imports).set({ checkedAt: sql`now() - interval '8 days'` }).where(eq(imports.id, id))
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
