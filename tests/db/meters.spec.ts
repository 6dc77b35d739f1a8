import { and, asc, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, meters, readings } from '@/db/schema'
import { undoImport } from '@/lib/exchange/commands'
import { addMeter, changeMeter, removeMeter, replaceMeter } from '@/lib/readings/meters-commands'
import {
  addMeterForm,
  changeMeterForm,
  removeMeterForm,
  replaceMeterForm,
} from '@/lib/readings/meters-schema'
import { readingsState } from '@/lib/readings/queries'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { check, freshNumber, load } from '../support/imports'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')

async function makeHome(...of: [Parameters<typeof makeMeter>[1]?, Parameters<typeof makeMeter>[2]?]) {
  const { id: accountId, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const meter = await makeMeter(accountId, of[0] ?? {}, of[1] ?? { '2026-10': ['315.204'] })
  return { accountId, account: accountNumber, meter, staff: await makeStaff() }
}
type Home = Awaited<ReturnType<typeof makeHome>>

const fresh = {
  ...{ serial: '77-1', place: 'кухня', digitsBefore: '5', digitsAfter: '3', registers: '1' },
  ...{ initial1: '0', verifiedUntil: '2032-11-20' },
}
const replacing = ({ account, meter }: Home, more: Record<string, string> = {}) =>
  replaceMeterForm.parse({
    ...fresh,
    ...{ account, meter: String(meter.id), removedOn: '2026-11-20', final1: '321,6' },
    ...more,
  })
const removing = ({ account, meter }: Home, more: Record<string, string> = {}) =>
  removeMeterForm.parse({
    account,
    meter: String(meter.id),
    removedOn: '2026-11-20',
    final1: '321,6',
    ...more,
  })
const all = (accountId: number) =>
  db().select().from(meters).where(eq(meters.accountId, accountId)).orderBy(asc(meters.id))
const inForce = (meterId: number) =>
  db()
    .select()
    .from(readings)
    .where(and(eq(readings.meterId, meterId), isNull(readings.supersededAt)))
    .orderBy(asc(readings.period), asc(readings.register))
const acts = (accountId: number) =>
  db()
    .select({ action: auditLog.action, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.subjectKind, 'account'), eq(auditLog.subjectId, String(accountId))))
    .orderBy(asc(auditLog.id))

test('a replacement closes the old meter with its last value and opens the new one, in one act', async () => {
  const home = await makeHome()
  const result = await replaceMeter(home.staff, replacing(home, { initial1: '0,125' }), NOW)
  const [old, made] = await all(home.accountId)
  expect(result).toEqual({ status: 'ok', value: { id: made?.id } })
  expect(old).toMatchObject({ removedOn: '2026-11-20', importId: null })
  expect(made).toMatchObject({
    ...{ serial: '77-1', kind: 'cold_water', place: 'кухня', installedOn: '2026-11-20', removedOn: null },
    ...{ replaces: home.meter.id, initial1: quantity('0.125'), initial2: null, verifiedUntil: '2032-11-20' },
  })
  expect((await inForce(home.meter.id)).at(-1)).toMatchObject({
    ...{ period: '2026-11', value: quantity('321.6'), takenOn: '2026-11-20', channel: 'staff' },
    ...{ actorId: home.staff.userId, rolledOver: false },
  })
  expect(await acts(home.accountId)).toEqual([
    {
      action: 'meter.replaced',
      after: {
        ...{ meter: home.meter.serial, removedOn: '2026-11-20', period: '2026-11', value: '00321,600' },
        ...{ new: '77-1', installedOn: '2026-11-20' },
      },
    },
  ])
})

test('the first month of a new meter is counted from what it began with, zero too', async () => {
  const home = await makeHome()
  await replaceMeter(home.staff, replacing(home), NOW)
  const resident = await makeSubscriber([home.accountId])
  const state = await readingsState(resident, home.accountId, NOW)
  expect(state.meters).toMatchObject([
    { serial: '77-1', registers: [{ previous: { value: quantity('0'), takenOn: '2026-11-20' } }] },
  ])
})

test('ten presses at once are one replacement with one answer; another one comes too late', async () => {
  const home = await makeHome()
  const press = () => replaceMeter(home.staff, replacing(home), NOW)
  const answers = await Promise.all(Array.from({ length: 10 }, press))
  const [, made, ...others] = await all(home.accountId)
  expect(others).toEqual([])
  for (const answer of answers) expect(answer).toEqual({ status: 'ok', value: { id: made?.id } })
  expect(await acts(home.accountId)).toHaveLength(1)
  const late = await replaceMeter(home.staff, replacing(home, { serial: '77-2' }), NOW)
  expect(late).toMatchObject({ status: 'refused', code: 'removed' })
})

const wrong: [why: string, more: Record<string, string>, field: string][] = [
  ['a last value below the last known', { final1: '315,203' }, 'final1'],
  ['no last value', { final1: '' }, 'final1'],
  ['more digits than the dial has', { final1: '1234567' }, 'final1'],
  ['a removal that has not come', { removedOn: '2026-11-23' }, 'removedOn'],
  ['a removal before the installation', { removedOn: '2019-01-01' }, 'removedOn'],
  ['a new meter before the old one went', { installedOn: '2026-11-19' }, 'installedOn'],
  ['a verification that ended before', { verifiedUntil: '2026-11-01' }, 'verifiedUntil'],
  ['several counters of water', { registers: '2' }, 'registers'],
  ['a first value the new dial cannot show', { initial1: '0,1234' }, 'initial1'],
]
for (const [why, more, field] of wrong) {
  test(`refused at its field, and nothing is changed: ${why}`, async () => {
    const home = await makeHome()
    const result = await replaceMeter(home.staff, replacing(home, more), NOW)
    expect(result).toMatchObject({ status: 'invalid', errors: { [field]: expect.any(String) } })
    expect(await all(home.accountId)).toEqual([home.meter])
    expect(await inForce(home.meter.id)).toHaveLength(1)
    expect(await acts(home.accountId)).toEqual([])
  })
}

test('a last value past zero is asked once, for this very value', async () => {
  const home = await makeHome({}, { '2026-10': ['99998'] })
  const asked = await removeMeter(home.staff, removing(home, { final1: '3' }), NOW)
  expect(asked).toMatchObject({ status: 'invalid', errors: { turned1: expect.any(String) } })
  const other = await removeMeter(home.staff, removing(home, { final1: '4', turned1: '3' }), NOW)
  expect(other).toMatchObject({ status: 'invalid' })
  const sure = await removeMeter(home.staff, removing(home, { final1: '3', turned1: '3' }), NOW)
  expect(sure).toMatchObject({ status: 'ok' })
  expect((await inForce(home.meter.id)).at(-1)).toMatchObject({ value: quantity('3'), rolledOver: true })
  expect(await all(home.accountId)).toMatchObject([{ removedOn: '2026-11-20' }])
})

test('a meter nobody read is weighed against what it began with; all counters have a last value', async () => {
  const home = await makeHome(
    {
      ...{ kind: 'electricity', registers: 2, digitsBefore: 6, digitsAfter: 0 },
      ...{ initial1: quantity('100'), initial2: quantity('50') },
    },
    {},
  )
  const lower = await removeMeter(home.staff, removing(home, { final1: '120', final2: '49' }), NOW)
  expect(lower).toMatchObject({
    errors: { final2: 'Меньше прошлых 000050. Проверьте цифры.' },
  })
  expect(await removeMeter(home.staff, removing(home, { final1: '120', final2: '60' }), NOW)).toEqual({
    status: 'ok',
    value: undefined,
  })
  expect((await inForce(home.meter.id)).map(({ value }) => value)).toEqual([quantity('120'), quantity('60')])
})

test('a meter of another account, or of none, is not there', async () => {
  const [home, other] = [await makeHome(), await makeHome()]
  const foreign = { ...home, meter: other.meter }
  const absent = { status: 'refused', code: 'absent' }
  expect(await replaceMeter(home.staff, replacing(foreign), NOW)).toMatchObject(absent)
  expect(await removeMeter(home.staff, removing(foreign), NOW)).toMatchObject(absent)
  const change = changeMeterForm.parse({ account: home.account, meter: String(other.meter.id) })
  expect(await changeMeter(home.staff, change)).toMatchObject(absent)
  expect(await changeMeter(home.staff, { ...change, account: 'none' })).toMatchObject(absent)
})

test('a meter is added once; a number that stands on the account already is refused', async () => {
  const home = await makeHome()
  const input = addMeterForm.parse({
    ...fresh,
    ...{ account: home.account, kind: 'hot_water', installedOn: '2026-11-01', automatic: 'on' },
  })
  const first = await addMeter(home.staff, input, NOW)
  expect(await addMeter(home.staff, input, NOW)).toEqual(first)
  expect(await all(home.accountId)).toMatchObject([
    {},
    { serial: '77-1', kind: 'hot_water', automatic: true, initial1: 0n, importId: null, replaces: null },
  ])
  const twin = await addMeter(home.staff, { ...input, serial: home.meter.serial }, NOW)
  expect(twin).toMatchObject({ status: 'invalid', errors: { serial: expect.any(String) } })
})

test('a change is stored with what was before; the dial only while nothing was read', async () => {
  const home = await makeHome()
  const change = { account: home.account, meter: String(home.meter.id), place: 'ванная', automatic: 'on' }
  const input = changeMeterForm.parse({ ...change, verifiedUntil: '2030-01-01' })
  expect(await changeMeter(home.staff, input)).toMatchObject({ status: 'ok' })
  expect(await changeMeter(home.staff, input)).toMatchObject({ status: 'ok' })
  expect(await all(home.accountId)).toMatchObject([
    { place: 'ванная', verifiedUntil: '2030-01-01', automatic: true },
  ])
  expect(await acts(home.accountId)).toMatchObject([
    { after: { place: 'ванная', verifiedUntil: '2030-01-01', automatic: true } },
  ])
  const dial = changeMeterForm.parse({ ...change, digitsBefore: '4' })
  expect(await changeMeter(home.staff, dial)).toMatchObject({
    errors: { digitsBefore: expect.stringContaining('показания') },
  })
  await db().delete(readings).where(eq(readings.meterId, home.meter.id))
  expect(await changeMeter(home.staff, dial)).toMatchObject({ status: 'ok' })
  expect(await all(home.accountId)).toMatchObject([{ digitsBefore: 4, digitsAfter: 3 }])
})

test.describe('beside the files of billing', () => {
  const inFile = (home: Home, more: Record<string, string> = {}) => ({
    ...{ accountNumber: home.account, kind: 'Холодная вода', place: 'кухня' },
    ...{ serial: home.meter.serial, installedOn: '15.01.2020', takenOn: '', t1: '', ...more },
  })

  test('a file made before billing learnt of a replacement changes nothing of it, and says so', async () => {
    const home = await makeHome()
    await replaceMeter(home.staff, replacing(home), NOW)
    const before = await all(home.accountId)
    const { report } = await load('meters', [inFile(home, { verifiedUntil: '' })])
    expect(await all(home.accountId)).toEqual(before)
    expect(report.changes[0]).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
    expect(report.warnings).toEqual([{ line: 2, column: '', reason: expect.stringContaining('сотрудник') }])
  })

  test('a file that brings the same replacement does not double it, even of another day', async () => {
    const home = await makeHome()
    await replaceMeter(home.staff, replacing(home), NOW)
    const old = inFile(home, { removedOn: '20.11.2026', verifiedUntil: '' })
    const made = inFile(home, {
      ...{ serial: '77-1', installedOn: '22.11.2026', verifiedUntil: '20.11.2033' },
      ...{ takenOn: '25.11.2026', t1: '1,5' },
    })
    const { id, staff, report } = await load('meters', [old, made])
    const found = await all(home.accountId)
    expect(found).toHaveLength(2)
    expect(found[1]).toMatchObject({ installedOn: '2026-11-20', verifiedUntil: '2033-11-20' })
    expect(await inForce(found[1]?.id ?? 0)).toMatchObject([{ value: quantity('1.5') }])
    expect(report.warnings.map(({ line }) => line)).toEqual([3])
    expect(await undoImport(staff, id)).toMatchObject({ status: 'ok' })
    expect((await all(home.accountId))[1]).toMatchObject({ verifiedUntil: '2032-11-20', importId: null })
  })

  test('a meter of that number put up at quite another time is another meter, and staff are told', async () => {
    const home = await makeHome()
    await replaceMeter(home.staff, replacing(home), NOW)
    const { report } = await load('meters', [inFile(home, { serial: '77-1', installedOn: '01.03.2025' })])
    expect(await all(home.accountId)).toHaveLength(3)
    expect(report.warnings).toEqual([{ line: 2, column: '', reason: expect.stringContaining('не один ли') }])
  })

  test('readings below what a new meter began with are rejected', async () => {
    const home = await makeHome()
    await replaceMeter(home.staff, replacing(home, { initial1: '10' }), NOW)
    const row = inFile(home, { serial: '77-1', installedOn: '20.11.2026', takenOn: '25.11.2026', t1: '9' })
    const { report } = await check('meters', [row])
    expect(report.rejects).toMatchObject([{ line: 2, reason: 'Показание меньше предыдущего' }])
  })

  test('a load is not undone under what staff changed since', async () => {
    const home = await makeHome()
    for (const act of ['replace', 'change'] as const) {
      const serial = `66-${act}`
      const brought = await load('meters', [inFile(home, { serial, installedOn: '01.02.2022' })])
      const meter = (await all(home.accountId)).find((one) => one.serial === serial)
      if (!meter) throw new Error('no meter')
      const done =
        act === 'replace'
          ? await replaceMeter(home.staff, replacing({ ...home, meter }, { serial: '77-9' }), NOW)
          : await changeMeter(
              home.staff,
              changeMeterForm.parse({ account: home.account, meter: String(meter.id), place: 'шкаф' }),
            )
      expect(done).toMatchObject({ status: 'ok' })
      const now = await all(home.accountId)
      expect(await undoImport(brought.staff, brought.id)).toMatchObject({
        code: 'depended-on',
        message: expect.stringContaining('сотрудник'),
      })
      expect(await all(home.accountId)).toEqual(now)
    }
  })
})
