import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  accountAccess,
  accounts,
  auditLog,
  ledgerEntries,
  meters,
  payments,
  readings,
  tariffs,
} from '@/db/schema'
import { checkImport, loadImport, undoImport } from '@/lib/exchange/commands'
import { importReport } from '@/lib/exchange/queries'
import { quantity } from '@/lib/units/quantity'
import { makeMeter } from '../support/billing'
import { expect, test } from '../support/database'
import { check, freshNumber, load, statedOf } from '../support/imports'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'

const bill = (accountNumber: string, period: string, opening: string, charged: string, closing: string) => ({
  ...{ accountNumber, period, opening, charged, closing },
  paid: '0,00',
})
const figures = async (accountNumber: string) =>
  (await statedOf(accountNumber)).map(({ period, closing }) => [period, closing])

test('charges are stated again as they stood before, or not at all; the ledger follows', async () => {
  const { id, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const first = await load('charges', [bill(accountNumber, '01.2024', '10,00', '100,00', '110,00')])
  const second = await load('charges', [bill(accountNumber, '01.2024', '20,00', '100,00', '120,00')])
  const staff = await makeStaff()
  expect(await undoImport(staff, first.id)).toMatchObject({ status: 'refused', code: 'depended-on' })
  expect(await importReport(staff, first.id)).toMatchObject({ state: 'loaded', problem: expect.any(String) })
  expect(await undoImport(staff, second.id)).toMatchObject({ status: 'ok' })
  expect(await figures(accountNumber)).toEqual([['2024-01', 11_000n]])
  expect(await undoImport(staff, first.id)).toMatchObject({ status: 'ok' })
  expect(await figures(accountNumber)).toEqual([])
  const entries = await db().select().from(ledgerEntries).where(eq(ledgerEntries.accountId, id))
  expect(entries.map(({ amount }) => amount)).toEqual([1_000n, 1_000n, -1_000n, -1_000n])
  expect(await undoImport(staff, first.id)).toMatchObject({ status: 'refused', code: 'not-loaded' })
  expect(await importReport(staff, first.id)).toMatchObject({ state: 'undone', undoneBy: staff.login })
  const acts = and(eq(auditLog.action, 'import.undone'), eq(auditLog.subjectId, first.id))
  expect(await db().$count(auditLog, acts)).toBe(1)
  // What was undone can be loaded again.
  await load('charges', [bill(accountNumber, '01.2024', '10,00', '100,00', '110,00')])
  expect(await figures(accountNumber)).toEqual([['2024-01', 11_000n]])
})

test('charges stay while those of a later month are loaded after them', async () => {
  const { accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const march = await load('charges', [bill(accountNumber, '03.2029', '0,00', '1,00', '1,00')])
  const april = await load('charges', [bill(accountNumber, '04.2029', '1,00', '1,00', '2,00')])
  const staff = await makeStaff()
  const refused = await undoImport(staff, march.id)
  expect(refused).toMatchObject({
    code: 'depended-on',
    message: expect.stringContaining('более позднего месяца'),
  })
  expect(await undoImport(staff, april.id)).toMatchObject({ status: 'ok' })
  expect(await undoImport(staff, march.id)).toMatchObject({ status: 'ok' })
  expect(await figures(accountNumber)).toEqual([])
})

test('accounts go or are as they were, unless somebody has come to use them', async () => {
  const [old, fresh] = [freshNumber(), freshNumber()]
  await load('accounts', [{ accountNumber: old }])
  const [before] = await db().select().from(accounts).where(eq(accounts.accountNumber, old))
  const { id } = await load('accounts', [
    { accountNumber: old, holderName: 'Ли Вэй' },
    { accountNumber: fresh },
  ])
  const [added] = await db().select().from(accounts).where(eq(accounts.accountNumber, fresh))
  const staff = await makeStaff()
  const { userId } = await makeSubscriber([added?.id ?? 0])
  expect(await undoImport(staff, id)).toMatchObject({
    code: 'depended-on',
    message: expect.stringContaining('уже есть'),
  })
  await db().delete(accountAccess).where(eq(accountAccess.userId, userId))
  expect(await undoImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await db().select().from(accounts).where(eq(accounts.accountNumber, old))).toEqual([before])
  expect(await db().$count(accounts, eq(accounts.accountNumber, fresh))).toBe(0)
})

test('charges checked while their accounts were there are not loaded without them', async () => {
  const accountNumber = freshNumber()
  const brought = await load('accounts', [{ accountNumber }])
  const { staff, id } = await check('charges', [{ accountNumber }])
  expect(await undoImport(staff, brought.id)).toMatchObject({ status: 'ok' })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'stale' })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'refused', code: 'stale' })
  await load('accounts', [{ accountNumber }])
  expect(await checkImport(id)).toMatchObject({ status: 'ok' })
  expect(await loadImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await figures(accountNumber)).toHaveLength(1)
})

test('accounts that a later file changed stay until that one is undone', async () => {
  const accountNumber = freshNumber()
  const first = await load('accounts', [{ accountNumber }])
  const second = await load('accounts', [{ accountNumber, holderName: 'Ли Вэй' }])
  const staff = await makeStaff()
  expect(await undoImport(staff, first.id)).toMatchObject({ code: 'depended-on' })
  expect(await undoImport(staff, second.id)).toMatchObject({ status: 'ok' })
  expect(await undoImport(staff, first.id)).toMatchObject({ status: 'ok' })
  expect(await db().$count(accounts, eq(accounts.accountNumber, accountNumber))).toBe(0)
})

test('meters and readings go, and what they superseded is in force again', async () => {
  const { id: accountId, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const meter = await makeMeter(accountId, {}, { '2026-10': ['310'] })
  const inForce = () =>
    db()
      .select({ value: readings.value })
      .from(readings)
      .where(and(eq(readings.meterId, meter.id), isNull(readings.supersededAt)))
  const { id } = await load('readings', [
    { accountNumber, serial: meter.serial, takenOn: '25.10.2026', t1: '311' },
  ])
  expect(await inForce()).toEqual([{ value: quantity('311') }])
  const staff = await makeStaff()
  expect(await undoImport(staff, id)).toMatchObject({ status: 'ok' })
  expect(await inForce()).toEqual([{ value: quantity('310') }])
  const brought = await load('meters', [{ accountNumber, serial: '77-1' }])
  expect(await undoImport(staff, brought.id)).toMatchObject({ status: 'ok' })
  expect(await db().$count(meters, eq(meters.accountId, accountId))).toBe(1)
})

test('a reading corrected since stays, and its file with it', async () => {
  const { id: accountId, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const { serial } = await makeMeter(accountId)
  const row = { accountNumber, serial, takenOn: '25.10.2026', t1: '311' }
  const first = await load('readings', [row])
  await load('readings', [{ ...row, t1: '312' }])
  expect(await undoImport(await makeStaff(), first.id)).toMatchObject({
    code: 'depended-on',
    message: expect.stringContaining('исправлены'),
  })
})

test('tariffs are as they were', async () => {
  const service = `Услуга ${freshNumber()}`
  const prices = async () =>
    (await db().select({ price: tariffs.price }).from(tariffs).orderBy(tariffs.id)).map(({ price }) => price)
  await load('tariffs', [{ service, price: '1,5' }])
  const before = await prices()
  const { id } = await load('tariffs', [
    { service, price: '2,5' },
    { service, validFrom: '01.01.2030' },
  ])
  expect(await undoImport(await makeStaff(), id)).toMatchObject({ status: 'ok' })
  expect(await prices()).toEqual(before)
})

test('payments told by a register go, and the balance is as before', async () => {
  const { id: accountId, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  await load('charges', [bill(accountNumber, '10.2023', '0,00', '1,00', '1,00')], '2023-12-01T00:00:00+03:00')
  const { id } = await load('payments', [{ accountNumber, paidOn: '05.11.2023', period: '10.2023' }])
  expect(await undoImport(await makeStaff(), id)).toMatchObject({ status: 'ok' })
  expect(await db().$count(payments, eq(payments.accountId, accountId))).toBe(0)
})

// Needs ledger_entries.payment_id without its foreign key: entries stay for ever, payments of an undone register do not.
test('payments not yet in billing go too, their entries evened out, and can be loaded again', async () => {
  const { id: accountId, accountNumber } = await makeAccount({ accountNumber: freshNumber() })
  const register = [{ accountNumber, amount: '10,00' }]
  const { id } = await load('payments', register)
  expect(await undoImport(await makeStaff(), id)).toMatchObject({ status: 'ok' })
  await load('payments', register)
  const entries = await db().select().from(ledgerEntries).where(eq(ledgerEntries.accountId, accountId))
  expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['payment', -1_000n],
    ['returned', 1_000n],
    ['payment', -1_000n],
  ])
})
