import { accountOnBill } from '@/lib/ledger/qr'
import { codeOn, pictureOf, textOf } from '../support/bill'
import { ask, enter, expect, haveSubscriber, newApplicant, signIn, test } from '../support/journey'
import { requisites } from '../support/requisites'

// The company's own, unless the demo has some already: without them no bill carries a code.
test.beforeAll(async () => {
  await ask(
    `insert into settings (id, value) values (1, jsonb_build_object('requisites', $1::jsonb))
     on conflict (id) do update set value = settings.value || excluded.value
     where coalesce(settings.value -> 'requisites', 'null') = 'null'`,
    [JSON.stringify(requisites)],
  )
})

/** An account of the demo that still owes something after its last month, and that month. */
async function debtor(): Promise<{ number: string; period: string }> {
  const [found] = await ask<{ account_number: string; period: string }>(
    `select a.account_number, s.period from stated_charges s join accounts a on a.id = s.account_id
      where s.period = (select max(period) from stated_charges) group by 1, 2
      having sum(s.closing) > 0 and sum(s.closing) + coalesce((select sum(amount) from ledger_entries e
        where e.account_id = min(a.id) and e.kind <> 'carried'), 0) > 0
      order by 1 limit 1`,
  )
  if (!found) throw new Error('nobody of the demo owes anything')
  return { number: found.account_number, period: found.period }
}

test('the bill of a month is a PDF of one’s own account, the same every time', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  const [last] = await ask<{ period: string; names: string[] }>(
    `select s.period, array_agg(v.name) names from stated_charges s join services v on v.id = s.service_id
      join accounts a on a.id = s.account_id where a.account_number = $1 group by 1 order by 1 desc limit 1`,
    [account],
  )
  await page.goto(`/personal/ledger/${last?.period}?account=${account}`)
  const path = (await page.locator('a[href*="bill.pdf"]').first().getAttribute('href')) ?? ''
  const [first, second] = [await page.request.get(path), await page.request.get(path)]
  expect(first.status()).toBe(200)
  expect(first.headers()).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `inline; filename="kvitanciya-${last?.period}.pdf"`,
    'cache-control': 'no-store',
  })
  const pdf = await first.body()
  expect((await second.body()).equals(pdf)).toBe(true)
  // A name may be broken over lines.
  const text = (await textOf(pdf)).replace(/\s+/g, ' ')
  expect(text).toContain(account)
  for (const name of last?.names ?? []) expect(text).toContain(name)
  const [stranger] = await ask<{ account_number: string }>(
    `select account_number from accounts a where not exists (select from account_access where account_id = a.id) limit 1`,
  )
  for (const wrong of [
    `${last?.period}/bill.pdf?account=${stranger?.account_number}`,
    `${last?.period}/bill.pdf?account=9999999`,
    '1999-01/bill.pdf',
    'x/bill.pdf',
  ])
    expect((await page.request.get(`/personal/ledger/${wrong}`)).status(), wrong).toBe(404)
})

test('nobody gets a bill without signing in', async ({ page }) => {
  const { number, period } = await debtor()
  for (const path of [`/personal/ledger/${period}/bill.pdf`, `/admin/accounts/${number}/bill/${period}`]) {
    await page.goto(path)
    await expect(page).toHaveURL(/\/personal\/login/)
  }
})

test('staff find an account by name, by the text of a bill’s code and by its picture', async ({ office }) => {
  const { number, period } = await debtor()
  const [account] = await ask<{ holder_name: string; address: string }>(
    'select holder_name, address from accounts where account_number = $1',
    [number],
  )
  await office.goto('/admin/accounts')
  await office.getByLabel('Лицевой счёт, фамилия, адрес').fill(account?.holder_name ?? '')
  await office.getByRole('button', { name: 'Найти', exact: true }).click()
  await office.getByRole('link', { name: number, exact: true }).click()
  await expect(office.getByRole('heading', { level: 1, name: `Счёт ${number}` })).toBeVisible()
  await expect(office.getByText(account?.address ?? '').first()).toBeVisible()
  const link = office.getByRole('link', { name: /^Квитанция за/ }).first()
  expect(await link.getAttribute('href')).toBe(`/admin/accounts/${number}/bill/${period}`)
  const bill = await office.request.get(`/admin/accounts/${number}/bill/${period}`)
  const picture = await pictureOf(await bill.body())
  const code = Buffer.from((await codeOn(picture)) ?? [])
  expect(accountOnBill(code, null)).toEqual({ status: 'ok', value: number })

  await office.goto('/admin/accounts')
  await office
    .getByLabel('Картинка квитанции')
    .setInputFiles({ name: 'bill.png', mimeType: 'image/png', buffer: picture })
  await office.getByRole('button', { name: 'Найти по картинке' }).click()
  await expect(office).toHaveURL(new RegExp(`/admin/accounts/${number}$`))

  const text = code.toString()
  await office.goto('/admin/accounts')
  await office.getByLabel('Лицевой счёт, фамилия, адрес').fill(text)
  await office.getByRole('button', { name: 'Найти', exact: true }).click()
  await expect(office).toHaveURL(new RegExp(`/admin/accounts/${number}$`))

  await office.goto('/admin/accounts')
  const stranger = text.replace(/PayeeINN=\d+/, 'PayeeINN=7707083893')
  await office.getByLabel('Лицевой счёт, фамилия, адрес').fill(stranger)
  await office.getByRole('button', { name: 'Найти', exact: true }).click()
  await expect(office.getByText(/Это квитанция другой организации: .*7707083893/).first()).toBeVisible()
})

test('a picture without a code is refused in words', async ({ office }) => {
  await office.goto('/admin/accounts')
  await office.getByRole('button', { name: 'Найти по картинке' }).click()
  await expect(office.getByText('Картинка не выбрана').first()).toBeVisible()
  await office
    .getByLabel('Картинка квитанции')
    .setInputFiles({ name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') })
  await office.getByRole('button', { name: 'Найти по картинке' }).click()
  await expect(office.getByText('Это не картинка PNG или JPEG').first()).toBeVisible()
})

test('the office’s accounts are not there for residents', async ({ page, demo }) => {
  await signIn(page, demo.subscriber)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  const { number, period } = await debtor()
  for (const path of [
    '/admin/accounts',
    `/admin/accounts/${number}`,
    `/admin/accounts/${number}/bill/${period}`,
  ])
    expect((await page.request.get(path)).status(), path).toBe(404)
})

test('bills by e-mail instead of paper, and reminders: as one asks for it, and back again', async ({
  page,
  office,
}) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const { login, password } = await haveSubscriber(applicant)
  await enter(page, { login, password })
  await page.goto('/personal/profile')
  await expect(page.getByRole('heading', { level: 1, name: 'Профиль' })).toBeVisible()
  await expect(page.getByText(applicant.email, { exact: true })).toBeVisible()
  await expect(page.getByText('Квитанция приходит на бумаге')).toBeVisible()
  await page.getByRole('button', { name: 'Присылать на почту вместо бумажной' }).click()
  await expect(page.getByText(/Квитанция приходит на почту с \d/)).toBeVisible()
  await office.goto(`/admin/accounts/${applicant.accountNumber}`)
  await expect(office.getByText(/Квитанция на почту с \d/)).toBeVisible()
  await page.getByRole('button', { name: 'Снова присылать бумажную' }).click()
  await expect(page.getByText('Квитанция приходит на бумаге')).toBeVisible()
  await page.getByRole('button', { name: 'Включить' }).click()
  await expect(page.getByText(/Да с \d/)).toBeVisible()
  await page.getByRole('button', { name: 'Отключить' }).click()
  await expect(page.getByText(/Нет с \d/)).toBeVisible()
})
