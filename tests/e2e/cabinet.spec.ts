import type { Page } from '@playwright/test'
import { ask, enter, expect, haveSubscriber, newApplicant, plainSpaces, test } from '../support/journey'

test('the ledger shows every period, and a period its services, to the kopeck', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const periods = await ask<{ period: string; charged: string; closing: string }>(
    `select period, sum(charged + recalculated + penalty - benefit)::text charged, sum(closing)::text closing
       from charges c join accounts a on a.id = c.account_id where account_number = $1
      group by period order by period desc`,
    [demo.subscriber.account],
  )
  expect(periods).toHaveLength(24)
  for (const year of new Set(periods.map(({ period }) => period.slice(0, 4)))) {
    await page.goto(`/personal/ledger?account=${demo.subscriber.account}&year=${year}`)
    await expect(page.getByRole('heading', { level: 1, name: 'Лицевой счёт' })).toBeVisible()
    const list = plainSpaces(await page.getByRole('main').innerText())
    for (const { charged, closing } of periods.filter(({ period }) => period.startsWith(year))) {
      expect(list).toContain(roubles(charged))
      expect(list).toContain(roubles(closing))
    }
  }
  await page.goto(`/personal/ledger/${periods[0]?.period}?account=${demo.subscriber.account}`)
  const services = await ask<{ name: string; charged: string }>(
    `select s.name, c.charged::text from charges c join services s on s.id = c.service_id join accounts a on a.id = c.account_id
      where account_number = $1 and period = $2 and c.charged <> 0`,
    [demo.subscriber.account, periods[0]?.period],
  )
  const statement = plainSpaces(await page.getByRole('main').innerText())
  for (const { name, charged } of services) {
    expect(statement).toContain(name)
    expect(statement).toContain(roubles(charged))
  }
})

test('several accounts stand in one cabinet; a stranger’s looks like none', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const own = await ask<{ account_number: string; address: string }>(
    `select account_number, a.address from accounts a join account_access x on x.account_id = a.id
       join users u on u.id = x.user_id where u.login = $1 order by 1`,
    [demo.subscriber.login],
  )
  expect(own).toHaveLength(2)
  const main = page.getByRole('main')
  for (const { account_number, address } of own) {
    await page.goto(`/personal?account=${account_number}`)
    await expect(main.getByText(address).first()).toBeVisible()
  }
  const [stranger] = await ask<{ account_number: string }>(
    'select account_number from accounts where account_number <> all($1) limit 1',
    [own.map((account) => account.account_number)],
  )
  const paths = ['/personal', '/personal/ledger', '/personal/ledger/2026-10', '/personal/readings']
  const answers = await Promise.all(
    [stranger?.account_number, '9999999', "1' or '1'='1"].flatMap((account) =>
      paths.map((path) => page.request.get(`${path}?account=${encodeURIComponent(account ?? '')}`)),
    ),
  )
  expect(answers.map((answer) => answer.status())).toEqual(answers.map(() => 404))
  for (const path of ['/personal/ledger/2026-99', '/personal/ledger/1999-01', '/personal/ledger/x']) {
    expect((await page.goto(path))?.status()).toBe(404)
  }
})

test('«Сменить» is remembered on the next page', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const main = page.getByRole('main')
  await expect(main.getByText(`Счёт ${demo.subscriber.account}`).first()).toBeVisible()
  await main.getByText('Сменить').click()
  const choice = main.getByRole('button').filter({ hasText: /\d{7}/ }).first()
  const number = /\d{7}/.exec(await choice.innerText())?.[0] ?? ''
  expect(number).not.toBe(demo.subscriber.account)
  await choice.click()
  await expect(main.getByText(`Счёт ${number}`).first()).toBeVisible()
  await page.getByRole('link', { name: /^(Лицевой счёт|Счёт)$/ }).click()
  await expect(main.getByText(`Счёт ${number}`).first()).toBeVisible()
})

test('what cannot be a reading is named at its field; a sent one can be corrected', async ({ page }) => {
  test.setTimeout(90_000)
  const { meter } = await newcomer(page)
  const field = page.locator(`#m${meter}r1`)
  for (const [typed, words] of [
    ['1e3', 'Нужны только цифры и запятая'],
    ['-5', 'не бывает меньше нуля'],
    ['12,3456789', 'После запятой у этого счётчика не больше'],
    ['1234567890', 'До запятой у этого счётчика не больше'],
  ] as const) {
    await send(page, meter, typed)
    await expect(page.getByRole('main').getByRole('alert')).toContainText(words)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveValue(typed)
  }
  await setPrevious(meter, '00100')
  await page.reload()
  await send(page, meter, ' 105,5 ')
  await expect(page.getByRole('heading', { name: /Показания за .* приняты/ })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('00105,5')
  await page.getByRole('link', { name: 'Исправить' }).click()
  await expect(page.getByRole('main')).toContainText(/Расход 5,5\sм³\s≈\s[\d\s]+,\d\d\s₽/)
  await page.getByText('Если не передам').click()
  await expect(page.getByText(/^(Не передадите|Без показаний было бы):/).first()).toBeVisible()
  await send(page, meter, '106.25')
  await expect(page.getByRole('main')).toContainText('00106,25')
  await verifySlip(page)
  const versions = await ask<{ value: string; current: boolean; actor: boolean }>(
    `select value::text, superseded_at is null current, actor_id is not null actor from readings
      where meter_id = $1 and channel = 'cabinet' order by version`,
    [meter],
  )
  expect(versions.map((row) => [Number(row.value), row.current, row.actor])).toEqual([
    [105.5, false, true],
    [106.25, true, true],
  ])
})

test('a counter that passed zero is asked about once', async ({ page }) => {
  test.setTimeout(90_000)
  const { meter } = await newcomer(page)
  await setPrevious(meter, '99998')
  await page.goto('/personal/readings')
  await send(page, meter, '3')
  const question = page.getByLabel(/Счётчик перешёл через ноль: было 99.?998.*расход 5/)
  await expect(question).toBeVisible()
  const [none] = await ask<{ n: string }>(
    `select count(*) n from readings where meter_id = $1 and channel = 'cabinet'`,
    [meter],
  )
  expect(none?.n).toBe('0')
  await question.check()
  await page.getByRole('button', { name: 'Передать показания' }).click()
  await expect(page.getByRole('heading', { name: /Показания за .* приняты/ })).toBeVisible()
  const [stored] = await ask<{ rolled_over: boolean }>(
    `select rolled_over from readings where meter_id = $1 and channel = 'cabinet'`,
    [meter],
  )
  expect(stored?.rolled_over).toBe(true)
})

test('a value that looks odd is asked about once, with the likely right one', async ({ page }) => {
  test.setTimeout(90_000)
  const { meter } = await newcomer(page)
  const [last] = await ask<{ value: string; average: string }>(
    `select max(value)::text as value, ((max(value) - min(value)) / (count(*) - 1))::text as average
      from readings where meter_id = $1 and superseded_at is null`,
    [meter],
  )
  const used = Number(last?.average).toFixed(1).replace('.', ',')
  await send(page, meter, used)
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Похоже, вы ввели расход')
  await page.getByLabel(/Исправить на/).check()
  await page.getByRole('button', { name: 'Передать показания' }).click()
  await expect(page.getByRole('heading', { name: /Показания за .* приняты/ })).toBeVisible()
  const [stored] = await ask<{ value: string }>(
    `select value::text from readings where meter_id = $1 and channel = 'cabinet'`,
    [meter],
  )
  expect(Number(stored?.value)).toBeCloseTo(Number(last?.value) + Number(used.replace(',', '.')), 5)
})

/** Looks the slip one stands on up as anybody may who holds it. */
async function verifySlip(page: Page): Promise<void> {
  const [, number = '', code = ''] =
    /№ (\d+), код (\d{4}-\d{4})/.exec(await page.getByRole('main').innerText()) ?? []
  await page.goto('/personal/check')
  for (const [typed, words] of [
    ['0000-0000', 'мы не выдавали'],
    [code, `Документ № ${number} выдан нами`],
  ] as const) {
    await page.getByLabel('Номер документа').fill(number)
    await page.getByLabel('Код', { exact: true }).fill(typed)
    await page.getByRole('button', { name: 'Проверить' }).click()
    await expect(page.getByRole('main')).toContainText(words)
  }
  await page.goto('/personal/readings')
}

/** A new subscriber on the readings page, and a water meter of theirs with five digits and decimals. */
async function newcomer(page: Page): Promise<{ meter: number }> {
  const applicant = await newApplicant()
  const { login, password } = await haveSubscriber(applicant)
  await enter(page, { login, password })
  await page.goto('/personal/readings')
  const [meter] = await ask<{ id: string }>(
    `select m.id from meters m join accounts a on a.id = m.account_id
      where account_number = $1 and kind like '%water' and digits_before = 5 and digits_after >= 2 and removed_on is null
        and verified_until > now() order by m.id limit 1`,
    [applicant.accountNumber],
  )
  if (!meter) throw new Error('no water meter')
  return { meter: Number(meter.id) }
}

/** Arranges what billing last knew of a meter. */
async function setPrevious(meter: number, value: string): Promise<void> {
  await ask(
    'delete from readings where meter_id = $1 and period < (select max(period) from readings where meter_id = $1)',
    [meter],
  )
  await ask('update readings set value = $2::numeric where meter_id = $1', [meter, value])
}

async function send(page: Page, meter: number, typed: string): Promise<void> {
  await page.locator(`#m${meter}r1`).fill(typed)
  await page.getByRole('button', { name: 'Передать показания' }).click()
}

function roubles(kopecks: string): string {
  const digits = kopecks.replace('-', '').padStart(3, '0')
  return `${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ' ')},${digits.slice(-2)}`
}
