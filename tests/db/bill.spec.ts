import { db } from '@/db/client'
import { SERVICE } from '@/lib/audit/record'
import { bill, billOf } from '@/lib/ledger/bill'
import { billPdf } from '@/lib/ledger/bill-pdf'
import { parsePaymentCode } from '@/lib/ledger/qr'
import { changeSettings } from '@/lib/settings/commands'
import { period } from '@/lib/units/period'
import { quantity } from '@/lib/units/quantity'
import { codeOn, pictureOf, textOf } from '../support/bill'
import { makeCharge, makeChargesImport, makeMeter, makePayment, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { makeAccount, makeStaff, makeSubscriber } from '../support/people'
import { requisites } from '../support/requisites'

const NOW = new Date('2026-11-22T12:00:00+03:00')
const [SEPTEMBER, OCTOBER] = [period('2026-09'), period('2026-10')]

const setRequisites = (value: typeof requisites | null) =>
  db().transaction((tx) => changeSettings(tx, SERVICE, { requisites: value }))

test.beforeAll(() => setRequisites(requisites))
test.afterAll(() => setRequisites(null))

async function makeHome() {
  const account = await makeAccount({ area: quantity('54.3'), residents: 3 })
  const imported = await makeChargesImport('2026-11-01T00:00:00+03:00')
  const [water, heat] = [await makeService('Холодное водоснабжение', 1), await makeService('Отопление', 2)]
  await makeMeter(account.id, {}, { '2026-09': ['315.204'], '2026-10': ['321.6'] })
  await makeCharge(account.id, '2026-09', heat, { charged: 224_869n }, { importId: imported })
  await makeCharge(
    account.id,
    '2026-10',
    heat,
    { opening: 224_869n, charged: 254_681n, paid: 224_869n },
    { importId: imported },
  )
  await makeCharge(account.id, '2026-10', water, { charged: 28_897n }, { importId: imported, basis: 'meter' })
  return { account, subscriber: await makeSubscriber([account.id]) }
}

test('the bill of a month says what the ledger says, and its code asks for that sum', async () => {
  const { account, subscriber } = await makeHome()
  const found = await bill(subscriber, account.id, OCTOBER, NOW)
  expect(found).toMatchObject({ amount: 283_578n, dueOn: '2026-11-16', latest: true, pending: [] })
  if (!found) return
  const pdf = await billPdf(found)
  const text = await textOf(pdf)
  for (const words of [
    account.accountNumber,
    account.holderName,
    account.address,
    'Отопление',
    '2 546,81',
    'Холодное водоснабжение',
    '315,204 – 321,600',
    '2 835,78 руб.',
  ])
    expect(text).toContain(words)
  const code = await codeOn(await pictureOf(pdf))
  expect(parsePaymentCode(code ?? '')).toMatchObject({
    status: 'ok',
    value: { PersAcc: account.accountNumber, Sum: 283_578n, PaymPeriod: OCTOBER, PayeeINN: requisites.inn },
  })
  const again = await bill(subscriber, account.id, OCTOBER, new Date('2027-02-01'))
  expect((await billPdf(again ?? found)).equals(pdf)).toBe(true)
})

test('a payment not yet in billing is taken off the latest bill only', async () => {
  const { account, subscriber } = await makeHome()
  await makePayment(account.id, { amount: 100_000n, paidAt: '2026-11-03T12:00:00+03:00', place: 'Почта' })
  expect(await bill(subscriber, account.id, OCTOBER, NOW)).toMatchObject({
    amount: 183_578n,
    pending: [{ amount: 100_000n, place: 'Почта', day: '2026-11-03' }],
  })
  expect(await bill(subscriber, account.id, SEPTEMBER, NOW)).toMatchObject({
    amount: 224_869n,
    latest: false,
    pending: [],
  })
})

test('a stranger’s bill is no bill; staff see any', async () => {
  const [{ account }, stranger, staff] = [await makeHome(), await makeSubscriber(), await makeStaff()]
  expect(await bill(stranger, account.id, OCTOBER, NOW)).toBeUndefined()
  expect(await bill(stranger, 999_999_999, OCTOBER, NOW)).toBeUndefined()
  expect(await billOf(staff, account.id, period('2020-01'), NOW)).toBeUndefined()
  expect(await billOf(staff, account.id, OCTOBER, NOW)).toMatchObject({
    amount: 283_578n,
    account: { accountNumber: account.accountNumber },
  })
})
