import { check, waterMeter } from '../support/axe'
import { ask, expect, test } from '../support/journey'
import { paymentAtBank } from '../support/paid'

const plain = [
  '/admin/people',
  '/admin/accounts',
  '/admin/accounts?problem=no-code',
  '/admin/readings?q=3 мкр 7',
  '/admin/readings/doubts',
  '/admin/readings/corrections',
  '/admin/readings/common',
  '/admin/payments',
  '/admin/payments/reconciliation',
  '/admin/settings',
  '/admin/exchange',
  '/admin/exchange/out',
  '/admin/exchange/profiles',
  '/admin/enquiries',
  '/admin/enquiries/templates',
  '/admin/notices',
  '/admin/notices/new',
  '/admin/notices/undelivered',
  '/admin/privacy/retention',
  '/admin/documents',
  '/admin/documents/agreement/new',
  '/admin/documents/agreement/1',
  '/admin/audit',
]

for (const path of plain)
  test(`the office: ${path}`, async ({ office }) => {
    await office.goto(path)
    await check(office, path)
  })

test('the office: a person, their account and its meters, a file of billing', async ({ office, demo }) => {
  const { account, login } = demo.subscriber
  const [person] = await ask<{ id: string }>('select id from users where login = $1', [login])
  const [file] = await ask<{ id: string }>('select id from imports order by received_at limit 1')
  const [meter] = await waterMeter(account)
  for (const path of [
    `/admin/people/${person?.id}`,
    `/admin/accounts/${account}`,
    `/admin/accounts/${account}/meters/new`,
    `/admin/accounts/${account}/meters/${meter?.id}`,
    `/admin/accounts/${account}/meters/${meter?.id}/replace`,
    `/admin/exchange/${file?.id}`,
  ]) {
    await office.goto(path)
    await check(office, path)
  }
})

test('the office: a payment to give back, and one put aside', async ({ office }) => {
  const [paid, odd] = [await paymentAtBank('succeeded'), await paymentAtBank('quarantined')]
  for (const path of [`/admin/payments/${paid.id}?refund=1`, `/admin/payments/${odd.id}`]) {
    await office.goto(path)
    await check(office, path)
  }
})

test('readings in the office: a caller, houses, a sheet with its answer', async ({ office, demo }) => {
  test.setTimeout(120_000)
  for (const path of [
    `/admin/readings?account=${demo.subscriber.account}`,
    '/admin/readings/houses',
    '/admin/readings/houses?house=3-й микрорайон, дом 7',
    '/admin/readings/sheet',
  ]) {
    await office.goto(path)
    await check(office, path)
  }
  await office.getByLabel('Строки таблицы').fill(`${demo.subscriber.account};нет такого;1`)
  await office.getByRole('button', { name: 'Записать' }).click()
  await expect(office.getByRole('status')).toContainText('С ошибкой: 1')
  await check(office, 'a sheet with an answer')
})
