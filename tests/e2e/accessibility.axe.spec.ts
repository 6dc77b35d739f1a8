import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import {
  ask,
  expect,
  fillRequest,
  newApplicant,
  openRequest,
  sendRequest,
  signIn,
  test,
} from '../support/journey'

/** Looks at the page as it stands, light and dark, and expects axe to find nothing; nor may it scroll sideways. */
async function check(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze()
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    )
    expect(found, `${state}, ${colorScheme}`).toEqual([])
  }
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(sideways, `${state} scrolls sideways`).toBeLessThanOrEqual(0)
}

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
    '/personal/enquiries',
    `/personal/enquiries/new?period=${last?.period}`,
    '/personal/profile',
    '/personal/profile/helpers',
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

test('the office', async ({ office, demo }) => {
  test.setTimeout(180_000)
  const [person] = await ask<{ id: string }>('select id from users where login = $1', [demo.subscriber.login])
  const [file] = await ask<{ id: string }>('select id from imports order by received_at limit 1')
  const [meter] = await waterMeter(demo.subscriber.account)
  const paths = [
    '/admin/people',
    `/admin/people/${person?.id}`,
    '/admin/accounts',
    `/admin/accounts/${demo.subscriber.account}`,
    '/admin/accounts?problem=no-code',
    '/admin/readings',
    '/admin/readings?q=3 мкр 7',
    `/admin/readings?account=${demo.subscriber.account}`,
    '/admin/readings/sheet',
    '/admin/readings/houses',
    '/admin/readings/houses?house=3-й микрорайон, дом 7',
    `/admin/accounts/${demo.subscriber.account}/meters/${meter?.id}`,
    `/admin/accounts/${demo.subscriber.account}/meters/new`,
    `/admin/accounts/${demo.subscriber.account}/meters/${meter?.id}`,
    `/admin/accounts/${demo.subscriber.account}/meters/${meter?.id}/replace`,
    '/admin/readings/doubts',
    '/admin/readings/corrections',
    '/admin/readings/common',
    '/admin/settings',
    '/admin/exchange',
    `/admin/exchange/${file?.id}`,
    '/admin/exchange/out',
    '/admin/exchange/profiles',
    '/admin/enquiries',
    '/admin/audit',
  ]
  for (const path of paths) {
    await office.goto(path)
    await check(office, path)
  }
})

function waterMeter(account: string) {
  return ask<{ id: string }>(
    `select m.id from meters m join accounts a on a.id = m.account_id
      where account_number = $1 and kind = 'cold_water' and removed_on is null order by m.id limit 1`,
    [account],
  )
}
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
