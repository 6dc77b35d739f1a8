import type { Page } from '@playwright/test'
import { ask, enter, expect, haveSubscriber, newApplicant, test } from '../support/journey'

/** A month long ago that billing has taken, and the project has to itself. */
const taken: Record<string, string> = { desktop: '2020-01', mobile: '2020-02', 'no-js': '2020-03' }

test('a value taken by billing is corrected by request, an odd one settled, the meter replaced', async ({
  page,
  office,
}, info) => {
  test.setTimeout(90_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  const month = taken[info.project.name] ?? '2020-04'
  const meter = await makeTaken(applicant.accountNumber, month)
  await enter(page, person)
  await askCorrection(page, meter)
  const [request] = await ask<{ id: string }>('select id from reading_corrections where meter_id = $1', [
    meter,
  ])
  await office.goto(`/admin/readings/corrections?id=${request?.id}`)
  await expect(office.getByText('00056,0').first()).toBeVisible()
  await office.getByRole('button', { name: 'Исправить' }).click()
  await expect(office.getByText('Показание исправлено. Жильцу ушло письмо')).toBeVisible()
  await page.reload()
  await expect(page.getByText('исправлено', { exact: true })).toBeVisible()

  await settleDoubt(office, meter)
  await replaceMeter(office, applicant.accountNumber, meter)
  await page.goto('/personal/readings')
  await expect(page.getByRole('main')).toContainText(`77-${meter}`)
})

/** A water meter of the account with a value of a month billing has taken, and one of 100 after it, which looks odd. */
async function makeTaken(accountNumber: string, month: string): Promise<number> {
  const [meter] = await ask<{ id: string; account_id: string }>(
    `select m.id, m.account_id from meters m join accounts a on a.id = m.account_id
      where account_number = $1 and kind like '%water' and digits_before = 5 and digits_after >= 2 and removed_on is null
        and verified_until > now() order by m.id limit 1`,
    [accountNumber],
  )
  if (!meter) throw new Error('no water meter')
  const of = [meter.account_id, meter.id]
  await ask(
    'delete from readings where account_id = $1 and meter_id = $2 and period < (select max(period) from readings where meter_id = $2)',
    of,
  )
  await ask('update readings set value = 100 where account_id = $1 and meter_id = $2', of)
  await ask(
    `insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel)
      values ($1, $2, $3::text, 1, 1, 65, ($3::text || '-20')::date, 'import')`,
    [...of, month],
  )
  await ask(
    `with made as (
      insert into exports (kind, period, format, rows, final, created_by)
      select 'readings', $1::text, 'csv-1251', 1, true, id from users where kind = 'staff' limit 1 returning id, created_by
    ) insert into handed_periods (period, export_id, handed_by) select $1::text, id, created_by from made`,
    [month],
  )
  await ask(
    `insert into reading_doubts (account_id, meter_id, period, register, kind, value)
      select account_id, meter_id, period, 1, 'much', value from readings
      where account_id = $1 and meter_id = $2 and superseded_at is null order by period desc limit 1`,
    of,
  )
  return Number(meter.id)
}

async function askCorrection(page: Page, meter: number): Promise<void> {
  await page.goto(`/personal/readings/corrections/new?meter=${meter}`)
  await expect(page.getByRole('main')).toContainText('00065,0')
  await page.getByLabel(/Было на счётчике/).fill('1e3')
  await page.getByRole('button', { name: 'Отправить запрос' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Нужны только цифры')
  await page.getByLabel(/Было на счётчике/).fill('56')
  await page.getByRole('button', { name: 'Отправить запрос' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Запрос отправлен' })).toBeVisible()
}

async function settleDoubt(office: Page, meter: number): Promise<void> {
  const [doubt] = await ask<{ id: string }>('select id from reading_doubts where meter_id = $1', [meter])
  await office.goto(`/admin/readings/doubts?id=${doubt?.id}`)
  await expect(office.getByRole('heading', { name: 'Расход больше обычного' })).toBeVisible()
  await office.getByRole('button', { name: 'Оставить как есть' }).click()
  await expect(office.getByText('Показание оставлено как есть')).toBeVisible()
}

async function replaceMeter(office: Page, accountNumber: string, meter: number): Promise<void> {
  await office.goto(`/admin/accounts/${accountNumber}/meters/${meter}`)
  await office.getByRole('link', { name: 'Заменить' }).click()
  await office.getByLabel('Последнее показание').fill('99')
  await office.getByLabel('Номер счётчика').fill(`77-${meter}`)
  await office.getByRole('button', { name: 'Заменить счётчик' }).click()
  await expect(office.getByRole('main').getByRole('alert')).toContainText('Меньше прошлых')
  await office.getByLabel('Последнее показание').fill('104,5')
  await office.getByRole('button', { name: 'Заменить счётчик' }).click()
  await expect(office.getByText('Счётчик заменён')).toBeVisible()
  await expect(office.getByRole('heading', { level: 1 })).toContainText(`77-${meter}`)
}
