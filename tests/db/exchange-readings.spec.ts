import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts, exports, handedPeriods, meters, readings } from '@/db/schema'
import { loadImport } from '@/lib/exchange/commands'
import { submitReadings } from '@/lib/readings/commands'
import { day } from '@/lib/units/day'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { check, freshNumber, load } from '../support/imports'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

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

/** Billing has taken a month's readings, until the end of `work`. */
async function handedOver(month: string, work: () => Promise<void>): Promise<void> {
  const { userId } = await makeStaff()
  const [handed] = await db()
    .insert(exports)
    .values({
      kind: 'readings',
      period: period(month),
      format: 'csv',
      rows: 1,
      final: true,
      createdBy: userId,
    })
    .returning()
  if (!handed) throw new Error('no export')
  await db()
    .insert(handedPeriods)
    .values({ period: period(month), exportId: handed.id, handedBy: userId })
  try {
    await work()
  } finally {
    await db().delete(handedPeriods).where(eq(handedPeriods.exportId, handed.id))
  }
}

test.describe('meters and readings', () => {
  test('a differing value becomes the next version, the same value does not', async () => {
    const accountNumber = freshNumber()
    await makeAccount({ accountNumber })
    const september = { accountNumber, takenOn: '24.09.2026', t1: '310' }
    const october = { accountNumber, takenOn: '24.10.2026', t1: '315,204' }
    const first = await load('meters', [september, october])
    expect(first.report.changes.map(({ added }) => added)).toEqual([1, 2])
    const again = await load('meters', [september, october])
    expect(again.report.changes.map(({ unchanged }) => unchanged)).toEqual([1, 2])
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
    const accountNumber = freshNumber()
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
        const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
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
        outcomes.add((await submitReadings(home.subscriber, input, now)).status)
      }
      return [...outcomes]
    })
    const loaded = loadImport(staff, id).finally(() => {
      loading = false
    })
    expect(await loaded).toMatchObject({ status: 'ok' })
    expect((await Promise.all(sent)).flat().filter((status) => status !== 'ok')).toEqual([])
    for (const home of homes) {
      const november = (await values(home.accountNumber)).filter(({ period }) => period === '2026-11')
      expect(november.filter(({ old }) => old === null)).toHaveLength(1)
      expect(november.map(({ value }) => value)).toContain(quantity('316'))
    }
  })

  test('with a lower row gone, the next is weighed against the month before it', async () => {
    const accountNumber = freshNumber()
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

  test('what billing has taken of a month is not changed any more; the same again is no change', async () => {
    const accountNumber = freshNumber()
    await makeAccount({ accountNumber })
    const row = { accountNumber, takenOn: '24.03.2024', t1: '310' }
    await load('meters', [row])
    await handedOver('2024-03', async () => {
      const again = await check('meters', [row])
      expect(again.report).toMatchObject({ rejectCount: 0, changes: [{ unchanged: 1 }, { unchanged: 1 }] })
      const other = await check('meters', [{ ...row, t1: '311' }])
      expect(other.report.rejects).toMatchObject([{ reason: expect.stringContaining('переданы в биллинг') }])
    })
  })
})

test.describe('readings taken elsewhere', () => {
  const home = async (values: Parameters<typeof makeMeter>[1] = {}) => {
    const account = await makeAccount({ accountNumber: freshNumber() })
    const meter = await makeMeter(account.id, values, { '2026-10': ['310'] })
    return { accountNumber: account.accountNumber, serial: meter.serial }
  }

  test('are added once, and supersede what they differ from', async () => {
    const row = { ...(await home()), takenOn: '20.11.2026', t1: '317,5' }
    const first = await load('readings', [row])
    expect(first.report.changes).toEqual([{ what: 'Показания', added: 1, changed: 0, unchanged: 0 }])
    const again = await load('readings', [row])
    expect(again.report.changes).toMatchObject([{ added: 0, changed: 0, unchanged: 1 }])
    const other = await load('readings', [{ ...row, t1: '318' }])
    expect(other.report.changes).toMatchObject([{ added: 0, changed: 1 }])
    expect((await values(row.accountNumber)).at(-1)).toMatchObject({
      value: quantity('318'),
      version: 2,
      old: null,
    })
  })

  for (const [what, change, column, reason] of [
    ['of a meter that is not there', { serial: '00-000' }, 'Номер счётчика', 'нет такого счётчика'],
    ['lower than the month before', { t1: '309' }, 'Показание T1', 'меньше предыдущего'],
    ['of a tariff the meter has not', { t2: '5' }, 'Показание T2', 'Такого тарифа'],
    ['that the dial cannot show', { t1: '123456' }, 'Показание T1', 'Больше, чем помещается'],
    ['from before the meter stood there', { takenOn: '01.01.2019' }, 'Номер счётчика', 'нет такого счётчика'],
  ] as const) {
    test(`${what} are rejected`, async () => {
      const { report } = await check('readings', [
        { ...(await home()), takenOn: '20.11.2026', t1: '317', ...change },
      ])
      expect(report.rejects).toMatchObject([{ line: 2, column, reason: expect.stringContaining(reason) }])
    })
  }
})
