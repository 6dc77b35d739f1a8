import type { Page } from '@playwright/test'
import { ask, enter, expect, plainSpaces, test } from '../support/journey'

/** The last month of the demo's first account. */
async function lastPeriod(account: string): Promise<string> {
  const [row] = await ask<{ period: string }>(
    'select max(period) as period from stated_charges c join accounts a on a.id = c.account_id where account_number = $1',
    [account],
  )
  if (!row) throw new Error('no charges')
  return row.period
}

const mainText = async (page: Page) => plainSpaces(await page.getByRole('main').innerText())

test('a month’s page says how each service was counted and why the month differs', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  const period = await lastPeriod(account)
  await page.goto(`/personal/ledger/${period}?account=${account}`)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Что изменилось за месяц' })).toBeVisible()
  await expect(main.getByRole('heading', { name: 'Как получилась сумма' })).toBeVisible()
  const text = await mainText(page)
  expect(text).toMatch(/Начислено (на [\d ]+,\d\d ₽ (больше|меньше), чем|столько же, сколько) за /)
  expect(text).toMatch(/[\d,]+ (м³|кВт·ч|Гкал|м²|чел\.).* × [\d ]+,\d\d+ ₽/)
  expect(text).toMatch(/[+−][\d ]+,\d\d ₽: [а-яё]/)
  const services = await ask<{ id: number; name: string }>(
    `select s.id, s.name from stated_charges c join services s on s.id = c.service_id join accounts a on a.id = c.account_id
      where account_number = $1 and period = $2`,
    [account, period],
  )
  for (const { id, name } of services) {
    const dispute = main.getByRole('link', { name: `Оспорить начисление: ${name}`, exact: true })
    await expect(dispute).toHaveAttribute(
      'href',
      new RegExp(`/enquiries/new\\?.*period=${period}&service=${id}$`),
    )
  }
  await expect(main.getByRole('link', { name: 'Квитанция (PDF)' })).toBeVisible()
})

test('the graph of a year has its table, and the table the year’s sums', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  const year = (await lastPeriod(account)).slice(0, 4)
  await page.goto(`/personal/ledger?account=${account}&year=${year}`)
  const main = page.getByRole('main')
  await expect(main.getByRole('img', { name: `Начислено за ${year} год по месяцам и услугам` })).toBeVisible()
  await main.getByText('Показать таблицей').click()
  const table = main.getByRole('table', { name: `Начислено за ${year} год по услугам и месяцам` })
  const services = await ask<{ name: string }>(
    `select distinct s.name from stated_charges c join services s on s.id = c.service_id join accounts a on a.id = c.account_id
      where account_number = $1 and left(period, 4) = $2`,
    [account, year],
  )
  for (const { name } of services)
    await expect(table.getByRole('rowheader', { name, exact: true })).toBeVisible()
  await main.getByRole('link', { name: String(Number(year) - 1), exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`year=${Number(year) - 1}`))
  await expect(main.getByText(`Начислено за ${Number(year) - 1} год`).first()).toBeVisible()
})

test('charges are found over years by service and by what stands in them', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  await page.goto(`/personal/ledger/search?account=${account}`)
  const main = page.getByRole('main')
  await main.getByLabel('Слово из названия').fill('отопл')
  await main.getByRole('button', { name: 'Найти' }).click()
  await expect(main.getByRole('heading', { name: /^Наш/ })).toBeVisible()
  const [row] = await ask<{ n: string }>(
    `select count(*) n from stated_charges c join services s on s.id = c.service_id join accounts a on a.id = c.account_id
      where account_number = $1 and s.name = 'Отопление'`,
    [account],
  )
  await expect(main.getByRole('heading', { name: new RegExp(`Нашлось ${row?.n} `) })).toBeVisible()
  await page.goto(`/personal/ledger/search?account=${account}&q=нет-такой-услуги`)
  await expect(main.getByText('Ничего не нашлось')).toBeVisible()
})

test('one takes away one’s own charges only', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  const csv = await page.request.get(`/personal/ledger/export?format=csv&account=${account}`)
  expect(csv.status()).toBe(200)
  expect(csv.headers()['content-disposition']).toContain(`ledger-${account}.csv`)
  const [row] = await ask<{ n: string }>(
    'select count(*) n from stated_charges c join accounts a on a.id = c.account_id where account_number = $1',
    [account],
  )
  const lines = (await csv.text()).trim().split('\r\n')
  expect(lines).toHaveLength(Number(row?.n) + 1)
  const xlsx = await page.request.get(`/personal/ledger/export?format=xlsx&account=${account}`)
  expect((await xlsx.body()).subarray(0, 2).toString()).toBe('PK')
  const [stranger] = await ask<{ account_number: string }>(
    `select account_number from accounts where id not in (select account_id from account_access x
       join users u on u.id = x.user_id where u.login = $1) limit 1`,
    [demo.subscriber.login],
  )
  for (const query of [`format=csv&account=${stranger?.account_number}`, `format=exe&account=${account}`])
    expect((await page.request.get(`/personal/ledger/export?${query}`)).status()).toBe(404)
})
