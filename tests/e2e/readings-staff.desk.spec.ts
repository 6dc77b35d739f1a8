import { readFileSync } from 'node:fs'
import { ask, expect, test } from '../support/journey'

test('who phones is entered by keyboard alone within half a minute; a sheet tells what it has and what is wrong', async ({
  office,
}) => {
  const { number, address, next } = await unreadAccount()
  const search = office.getByLabel(/Кто звонит/)
  await office.goto('/admin/readings')
  await expect(search).toBeFocused()
  const started = Date.now()
  await office.keyboard.type(number)
  await office.keyboard.press('Enter')
  await expect(office.getByRole('heading', { name: address })).toBeVisible()
  const focused = () => office.evaluate(() => document.activeElement?.id ?? '')
  await expect.poll(focused).toMatch(/^m\d+r1$/)
  for (let field = await focused(); next.has(field); field = await focused()) {
    await office.keyboard.type(next.get(field) ?? '')
    await office.keyboard.press('Tab')
  }
  await office.keyboard.press('Enter')
  await expect(office.getByRole('status')).toContainText(/№ \d+, код \d{4}-\d{4}/)
  expect(Date.now() - started).toBeLessThan(30_000)
  await expect(search).toBeFocused()
  const rows = await ask<{ serial: string; values: string[] }>(
    `select m.serial, array_agg(r.value::float8::text order by r.register) as values
     from readings r join meters m on m.id = r.meter_id join accounts a on a.id = r.account_id
     where a.account_number = $1 and r.channel = 'staff' group by m.id, m.serial`,
    [number],
  )
  expect(rows.flatMap(({ values }) => values)).toHaveLength(next.size)

  await office.goto('/admin/readings/sheet')
  const wrong = `${number};нет такого;1`
  const field = office.getByLabel('Строки таблицы')
  await field.fill(
    [...rows.map(({ serial, values }) => [number, serial, ...values].join(';')), wrong].join('\n'),
  )
  await office.getByRole('button', { name: 'Записать' }).click()
  await expect(office.getByRole('status')).toContainText(`С ошибкой: 1. Уже было: ${rows.length}.`)
  await expect(field).toHaveValue(wrong)
  const download = office.waitForEvent('download')
  await office.getByRole('link', { name: 'Скачать строки с ошибками' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('На этом счёте нет такого счётчика.')
})

/** An account all of whose meters wait, and by field what each counter shows now. */
async function unreadAccount() {
  const fields = await ask<{ number: string; address: string; field: string; value: string }>(
    `with last as (
       select distinct on (r.meter_id, r.register) r.account_id, r.meter_id, r.register, r.value, r.period, r.channel
       from readings r where r.superseded_at is null order by r.meter_id, r.register, r.period desc),
     fit as (
       select m.account_id from meters m left join last l on l.meter_id = m.id group by m.account_id
       having bool_and(m.removed_on is null and l.channel = 'import' and l.period >= to_char(now() - interval '50 days', 'YYYY-MM')
         and l.value < 10::numeric ^ m.digits_before - 10) and count(distinct m.id) = 3),
     one as (
       select a.* from accounts a join fit on fit.account_id = a.id
       where a.closed_on is null and a.id % 2 = $1 order by a.id desc limit 1)
     select one.account_number as number, one.address, 'm' || l.meter_id || 'r' || l.register as field,
       replace((l.value + 1)::float8::text, '.', ',') as value
     from one join last l on l.account_id = one.id`,
    [Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 2],
  )
  const [first] = fields
  if (!first) throw new Error('the demo has no account whose meters all wait')
  const next = new Map(fields.map(({ field, value }) => [field, value]))
  return { number: first.number, address: first.address, next }
}
