import { check, waterMeter } from '../support/axe'
import {
  ask,
  expect,
  fillRequest,
  haveSubscriber,
  newApplicant,
  openRequest,
  sendRequest,
  signIn,
  test,
} from '../support/journey'

test('open pages', async ({ page }) => {
  test.setTimeout(120_000)
  const paths = [
    '/personal',
    '/personal/login',
    '/personal/login?state=out',
    '/personal/recover',
    '/personal/recover?state=sent',
    '/personal/credentials/unknown',
    '/personal/suspended',
    '/personal/helper/unknown',
    '/personal/pay',
    '/personal/feedback',
    '/personal/documents/agreement',
    '/personal/documents/consent/1',
    '/personal/documents/privacy',
    '/outage',
    '/no/such/page',
  ]
  for (const path of paths) {
    await page.goto(path)
    await check(page, path)
  }
  await page.goto('/personal/login')
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByText('Введите пароль').first()).toBeVisible()
  await check(page, 'login with errors')
})

test('the request: empty, with errors, sent; and the same before staff', async ({ page, office }) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  await page.goto('/personal/request')
  await check(page, 'request, empty')
  await fillRequest(page, { ...applicant, passport: '66 14 512 09', email: 'не почта' })
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByText(/Сейчас 9/).first()).toBeVisible()
  await check(page, 'request with errors')
  const number = await sendRequest(page, applicant)
  await check(page, 'request sent')
  await office.goto('/admin/requests')
  await check(office, 'queue')
  await openRequest(office, number)
  await check(office, 'request before staff')
  await office.getByRole('button', { name: 'Подтвердить' }).click()
  await expect(office.getByText(/Подтвердил/).first()).toBeVisible()
  await check(office, 'request decided')
})

test('the cabinet', async ({ page, demo }) => {
  test.setTimeout(180_000)
  await signIn(page, demo.subscriber)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  const [last] = await ask<{ period: string }>('select max(period) period from charges')
  const [meter] = await waterMeter(demo.subscriber.account)
  for (const path of [
    '/personal',
    '/personal/ledger',
    `/personal/ledger/${last?.period}`,
    '/personal/ledger/search?only=penalty',
    '/personal/payments',
    '/personal/payments/new',
    '/personal/ledger/papers',
    '/personal/enquiries',
    `/personal/enquiries/new?period=${last?.period}`,
    '/personal/notices',
    '/personal/profile',
    '/personal/profile/helpers',
    '/personal/profile/contacts',
    '/personal/profile/devices',
    '/personal/profile/messages',
    '/personal/profile/accounts/add',
    '/personal/help',
    `/personal/readings/meters/${meter?.id}`,
    `/personal/readings/meters/${meter?.id}/night`,
    '/personal/readings/corrections',
    '/personal/readings/photos',
    '/personal/readings',
  ]) {
    await page.goto(path)
    await check(page, path)
  }
  await page.getByRole('textbox').first().fill('1e3')
  await page.getByRole('button', { name: 'Передать показания' }).click()
  await expect(page.locator('[aria-invalid=true]').first()).toBeVisible()
  await check(page, 'readings with errors')
})

test('paying and a certificate', async ({ page }) => {
  await signIn(page, await haveSubscriber(await newApplicant()))
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await page.goto('/personal/payments/new')
  await page.getByLabel('Сумма, ₽').fill('10')
  await page.getByRole('button', { name: 'Продолжить' }).click()
  await expect(page.getByRole('button', { name: 'Перейти в банк' })).toBeVisible()
  await check(page, 'a payment before leaving for the bank')
  await page.getByRole('button', { name: 'Перейти в банк' }).click()
  await page.getByRole('button', { name: 'Оплатить', exact: true }).click()
  await expect(page.getByText('Оплачено', { exact: true })).toBeVisible()
  await check(page, 'a payment that went through')
  await page.goto('/personal/ledger/papers')
  await page.getByRole('button', { name: 'Получить справку о начислениях' }).click()
  await expect(page.getByRole('link', { name: 'Скачать PDF' })).toBeVisible()
  await check(page, 'a certificate of charges')
})
