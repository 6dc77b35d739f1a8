import type { Page } from '@playwright/test'
import { formatDay, moscowDay } from '@/lib/units/day'
import { check } from '../support/axe'
import {
  type Applicant,
  ask,
  enter,
  expect,
  freshPage,
  haveSubscriber,
  letterTo,
  linkIn,
  newApplicant,
  test,
} from '../support/journey'
import { someMeter } from '../support/some-meter'

const BASIS = 'Договор купли-продажи № 5'
const NEW_HOLDER = 'Новиков Павел Ильич'

test('an account changes hands in one act: readings, the new holder by login, the former one out, each with their own part', async ({
  page,
  office,
  browser,
  javaScriptEnabled,
}) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const { accountNumber } = applicant
  const former = await haveSubscriber(applicant)
  const next = { ...applicant, email: `next.${applicant.email}`, lastName: 'Новиков', accountNumber: 'none' }
  const newcomer = await haveSubscriber(next)
  const meter = await someMeter(accountNumber)
  const [last] = await ask<{ period: string }>(
    'select max(period) period from charges c join accounts a on a.id = c.account_id where account_number = $1',
    [accountNumber],
  )
  const month = `/personal/ledger/${last?.period}`

  await test.step('the former holder has the readings open', async () => {
    await enter(page, former)
    expect((await page.request.get(month)).status()).toBe(200)
    await page.goto('/personal/readings')
    await page.locator(`#m${meter.id}r1`).fill(meter.value)
  })

  await test.step('staff choose the day, and are told what is missing', async () => {
    await office.goto(`/admin/accounts/${accountNumber}`)
    await office.getByRole('link', { name: 'Смена собственника' }).click()
    if (javaScriptEnabled) await check(office, 'a change of owner, the day')
    await office.getByLabel('С какого дня собственник другой').fill(moscowDay(new Date()))
    await office.getByRole('button', { name: 'Дальше' }).click()
    await expect(office.getByText(/(Прежний собственник|У прежнего собственника) /)).toBeVisible()
    await record(office)
    await expect(office.getByRole('alert').first()).toContainText('Назовите документ')
    await office.getByLabel('Новый собственник').fill(NEW_HOLDER)
    await office.getByLabel('Документ-основание').fill(BASIS)
    await office.getByLabel('Его логин').fill('nikogo')
    await record(office)
    await expect(office.locator('#login-error')).toHaveText('Жильца с таким логином нет.')
    await office.getByLabel('Его логин').fill(newcomer.login)
    await record(office)
    await expect(office.locator(`#why${meter.id}-error`)).toContainText('почему его не сняли')
    if (javaScriptEnabled) await check(office, 'a change of owner with errors')
  })

  await test.step('with a reading, and a reason for each meter that was not read, it is recorded', async () => {
    await office.locator(`#m${meter.id}r1`).fill(meter.value)
    for (const why of await office.locator(`input[name^=why]:not(#why${meter.id})`).all())
      await why.fill('не пустили в квартиру')
    await record(office)
    await expect(office.getByRole('status')).toContainText('Смена записана')
    await expect(office.getByText(`${NEW_HOLDER}. ${BASIS}`)).toBeVisible()
    await office.getByRole('link', { name: 'Итоговый расчёт' }).click()
    await expectFinal(office, applicant, meter.value)
  })

  await test.step('the former one’s open page no longer takes anything, and the account is gone', async () => {
    await page.getByRole('button', { name: 'Передать показания' }).click()
    // Without scripts the page is made anew, and has no form any more that could say so.
    if (javaScriptEnabled)
      await expect(page.getByRole('alert').first()).toContainText('Такого счётчика на вашем счёте нет')
    else await expect(page.getByRole('button', { name: 'Передать показания' })).toHaveCount(0)
    for (const path of [month, `${month}/bill.pdf`, `/personal/ledger?account=${accountNumber}`])
      expect((await page.request.get(path)).status(), path).toBe(404)
    await page.goto('/personal')
    await expect(page.getByText('К кабинету не подключён ни один счёт')).toBeVisible()
    await expect(page.getByRole('main')).not.toContainText(accountNumber)
    if (javaScriptEnabled) await check(page, 'a cabinet without an account')
  })

  await test.step('their letter leads to what they leave', async () => {
    const letter = await letterTo(applicant.email, 'Счёт отключён от вашего кабинета')
    await page.goto(linkIn(letter, '/personal/ledger/papers/'))
    await expectFinal(page, applicant, meter.value)
    if (javaScriptEnabled) await check(page, 'a final statement')
  })

  await test.step('the new one has the account, and nothing of what was before', async () => {
    const other = await freshPage(browser, page, javaScriptEnabled)
    const letter = await letterTo(next.email, 'В личный кабинет добавлен счёт')
    expect(letter.replace(/\s+/g, ' ')).toContain('Долги прежнего собственника к вам не относятся')
    await enter(other, newcomer)
    await other.goto('/personal/ledger')
    await expect(other.getByText(`Счёт ${accountNumber}`)).toBeVisible()
    await expect(other.getByText('Начислений пока нет')).toBeVisible()
    await expect(other.getByRole('table')).toHaveCount(0)
    for (const path of [month, `${month}/bill.pdf`, new URL(page.url()).pathname])
      expect((await other.request.get(path)).status(), path).toBe(404)
    await other.goto(`/personal/readings/meters/${meter.id}`)
    const today = formatDay(moscowDay(new Date()), { year: false })
    await expect(other.getByRole('main')).toContainText(today)
    await other.context().close()
  })
})

async function record(office: Page): Promise<void> {
  await office.getByRole('button', { name: 'Записать смену собственника' }).click()
}

/** The last statement, with its closing reading and the meters nobody could read. */
async function expectFinal(page: Page, { accountNumber, lastName }: Applicant, dial: string): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Итоговый расчёт прежнего собственника' })).toBeVisible()
  const main = page.getByRole('main')
  await expect(main).toContainText(`Лицевой счёт ${accountNumber}`)
  await expect(main).toContainText(`Владелец: ${lastName}`)
  await expect(main).toContainText(dial)
  await expect(main).toContainText('не сняты (не пустили в квартиру)')
}
