import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { ask, expect, test } from '../support/journey'

/** A month of the demo's past with readings and with its charges loaded: what is done to it disturbs no other test. */
async function oldMonth(back: number): Promise<{ month: string; words: string }> {
  const [found] = await ask<{ period: string }>(
    `select distinct period from readings where period not in (select period from handed_periods)
      and period < to_char(now(), 'YYYY-MM') order by period desc offset $1 limit 1`,
    [back],
  )
  const month = found?.period ?? ''
  const words = new Intl.DateTimeFormat('ru', { month: 'long' }).format(new Date(`${month}-15T12:00:00Z`))
  return { month, words: `${words} ${month.slice(0, 4)}` }
}

async function download(page: Page, press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()])
  return readFileSync(await file.path(), 'utf8')
}

const card = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

test('a list comes with the columns ticked, and the ticks are still there the next time', async ({
  office,
}) => {
  const { month, words } = await oldMonth(3)
  await office.goto(`/admin/exchange/out?period=${month}`)
  const readings = card(office, `Показания за ${words}`)
  await readings.getByLabel('Вид файла').selectOption({ label: 'CSV, кодировка UTF-8' })
  await readings.getByText(/^Столбцы/).click()
  await readings.getByLabel('Откуда').check()
  const text = await download(office, () => readings.getByRole('button', { name: 'Скачать' }).click())
  expect(text.split('\r\n')[0]).toMatch(/^\uFEFFЛС;.*;Откуда$/)
  expect(text.split('\r\n').length).toBeGreaterThan(10)
  await office.reload()
  await expect(readings.getByLabel('Откуда')).toBeChecked()
  await readings.getByText(/^Столбцы/).click()
  await readings.getByLabel('Откуда').uncheck()
  await download(office, () => readings.getByRole('button', { name: 'Скачать' }).click())
})

test('accounts without readings and who chose e-mail come as files', async ({ office }) => {
  const { month, words } = await oldMonth(3)
  await office.goto(`/admin/exchange/out?period=${month}`)
  const lists = [`Счета без показаний за ${words}, по домам`, 'Квитанция на почту вместо бумажной']
  for (const title of lists) {
    await card(office, title).getByLabel('Вид файла').selectOption({ label: 'CSV, кодировка UTF-8' })
    const text = await download(office, () =>
      card(office, title).getByRole('button', { name: 'Скачать' }).click(),
    )
    expect(text).toMatch(/^\uFEFF(Дом;)?ЛС;ФИО;Адрес;/)
  }
})

test('a month handed over says who and when, and its file is the same again', async ({
  office,
  demo,
}, info) => {
  const places: Record<string, number> = { desktop: 4, mobile: 5, 'no-js': 6 }
  const { month, words } = await oldMonth(places[info.project.name] ?? 7)
  await office.goto(`/admin/exchange/out?period=${month}`)
  await office.locator('summary', { hasText: 'Передать в биллинг' }).first().click()
  await card(office, `Показания за ${words}`).getByRole('button', { name: 'Передать в биллинг' }).click()
  await expect(office.getByText(`Показания за ${words}: переданы в биллинг`)).toBeVisible()
  await expect(office.getByText('Переданы в биллинг, исправления закрыты')).toBeVisible()
  await expect(card(office, `Показания за ${words}`)).toContainText(demo.staff.login)
  const link = card(office, `Показания за ${words}`).getByRole('link', { name: /Скачать файл/ })
  const first = await download(office, () => link.click())
  expect(await download(office, () => link.click())).toBe(first)
})
