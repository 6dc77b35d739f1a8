import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { demoBankPayments, onlinePayments } from '@/db/schema'
import { env } from '@/lib/env'
import { decideDemoPayment } from '@/lib/payments/demo-bank-commands'
import { ownEmail, payableOf, preview } from '@/lib/payments/payable'
import { payeeFor } from '@/lib/payments/payee'
import { paymentForPayer, paymentYears } from '@/lib/payments/queries'
import { receiptPdf } from '@/lib/payments/receipt-pdf'
import { refreshPayment } from '@/lib/payments/refresh'
import { startPayment } from '@/lib/payments/start'
import { lastKnownSettings } from '@/lib/settings/queries'
import { makeCharge, makeChargesImport } from '../support/billing'
import { expect, test } from '../support/database'
import { form, makeHome } from '../support/payments'
import { makeAccount, makeSubscriber } from '../support/people'

test.beforeAll(() => Object.assign(env(), { PAYMENTS: 'demo' }))
test.afterAll(() => Object.assign(env(), { PAYMENTS: 'off' }))

const now = () => new Date()

test('what is owed and what an amount would pay, of one’s own accounts only', async () => {
  const home = await makeHome()
  const { subscriber, accountNumber } = home
  const [payable] = await payableOf(subscriber, now())
  expect(payable).toMatchObject({ accountNumber, owed: 150_000n })
  expect(payable?.debts.map(({ due }) => due)).toEqual([150_000n])
  expect(await ownEmail(subscriber)).toContain('@example.ru')
  const seen = await preview(subscriber, form({ [accountNumber]: 200_000n }), now())
  expect(seen).toMatchObject({
    status: 'ok',
    value: {
      total: 200_000n,
      parts: [
        {
          accountNumber,
          shares: [
            { kind: 'due', period: '2026-10', amount: 150_000n },
            { kind: 'ahead', amount: 50_000n },
          ],
        },
      ],
    },
  })
  const stranger = await makeSubscriber([(await makeAccount()).id])
  expect(await preview(stranger, form({ [accountNumber]: 100n }), now())).toMatchObject({ status: 'invalid' })
  expect(await preview(subscriber, form({ [accountNumber]: 99n }), now())).toMatchObject({
    status: 'invalid',
    errors: { amount: expect.stringContaining('не меньше') },
  })
})

test('the amount a form offered follows the month that was chosen; an own amount stays', async () => {
  const home = await makeHome()
  const importId = await makeChargesImport('2026-12-03T00:00:00+03:00')
  await makeCharge(home.id, '2026-11', home.heat, { opening: 150_000n, charged: 70_000n }, { importId })
  const paid = async (amount: bigint, month?: string) => {
    const input = form({ [home.accountNumber]: amount }, month ? { month } : {})
    const seen = await preview(home.subscriber, input, now())
    return seen.status === 'ok' ? [seen.value.total, seen.value.parts[0]?.shares[0]] : seen
  }
  const november = { kind: 'due', period: '2026-11', amount: 70_000n }
  expect(await paid(220_000n, '2026-11')).toEqual([70_000n, november])
  expect(await paid(150_000n, '2026-11')).toEqual([70_000n, november])
  expect(await paid(50_000n, '2026-11')).toEqual([50_000n, { ...november, amount: 50_000n }])
  expect(await paid(220_000n)).toMatchObject([220_000n, { period: '2026-10' }])
})

test('a visitor is told the house of an account, and how often is counted for unknown numbers too', async () => {
  const account = await makeAccount()
  const visitor = { address: '10.77.0.1' }
  expect(await payeeFor(visitor, account.accountNumber)).toEqual({
    status: 'ok',
    value: { accountNumber: account.accountNumber, address: '3-й микрорайон, дом 7, кв. ••' },
  })
  for (let attempt = 1; attempt < 20; attempt++)
    expect(await payeeFor(visitor, '999999999')).toMatchObject({
      status: 'invalid',
      errors: { accountNumber: expect.stringContaining('Такого счёта нет') },
    })
  for (const number of ['999999999', account.accountNumber])
    expect(await payeeFor(visitor, number)).toMatchObject({ status: 'refused', code: 'often' })
})

test('a payment that went through has its paper and its year; one that did not has no paper', async () => {
  const { subscriber, accountNumber } = await makeHome()
  expect(await paymentYears(subscriber)).toEqual([])
  const started = await startPayment(
    subscriber,
    form({ [accountNumber]: 10_000n }, { month: '2026-10' }),
    now(),
  )
  if (started.status !== 'ok') throw new Error('not begun')
  const { id } = started.value
  const settings = lastKnownSettings()
  const begun = await paymentForPayer(subscriber, id)
  expect(begun && (await receiptPdf(begun, settings))).toBeUndefined()
  const [bank] = await db().select().from(demoBankPayments).where(eq(demoBankPayments.order, id))
  await decideDemoPayment(bank?.id ?? '', 'hang', now())
  await refreshPayment(subscriber, id, new Date(Date.now() + 10_000))
  const paid = await paymentForPayer(subscriber, id)
  const pdf = paid && (await receiptPdf(paid, settings))
  expect(pdf?.subarray(0, 5).toString()).toBe('%PDF-')
  const [row] = await db().select().from(onlinePayments).where(eq(onlinePayments.id, id))
  expect(await paymentYears(subscriber)).toEqual([row?.createdAt.getUTCFullYear()])
})
