import { ask, enter, expect, plainSpaces, test } from '../support/journey'

test('a meter’s page is opened from its card; a night tells whether water runs', async ({ page, demo }, {
  project,
}) => {
  await enter(page, demo.subscriber)
  const { id, title } = await waterMeter(demo.subscriber.account, project.name)
  await page.goto(`/personal/readings?account=${demo.subscriber.account}`)
  // The meters of a person's other account stand below.
  await page
    .getByRole('link', { name: `История и график: ${title}`, exact: true })
    .first()
    .click()
  const main = page.getByRole('main')
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(main.getByText(/В похожих квартирах \(3 жильца\)/)).toBeVisible()

  const [last] = await ask<{ used: string }>(
    `select (value - lag(value) over (order by period))::float::text used from readings
      where meter_id = $1 and superseded_at is null and channel = 'import' order by period desc limit 1`,
    [id],
  )
  const used = (last?.used ?? '-').replace('.', ',')
  await main.getByText('Показать таблицей').click()
  await expect(main.getByRole('region', { name: 'Таблица расхода' })).toContainText(used)
  expect(plainSpaces(await main.getByRole('table', { name: 'Показания по месяцам' }).innerText())).toContain(
    used,
  )

  await main.getByRole('link', { name: /Проверить ночью|Записать утреннее/ }).click()
  await page.getByLabel('Вечером на счётчике').fill('00500,100')
  await page.getByLabel('Время, если записали раньше').fill(clockBefore(8))
  await main.getByRole('button', { name: 'Записать вечернее' }).click()
  await expect(main.getByText('Вечернее записано')).toBeVisible()
  const morning = page.getByLabel('Утром на счётчике')
  await morning.fill('00500,05')
  await main.getByRole('button', { name: 'Узнать результат' }).click()
  await expect(main.getByRole('alert')).toContainText('Меньше вечернего')
  await expect(morning).toHaveValue('00500,05')
  await morning.fill('00500,109')
  await main.getByRole('button', { name: 'Узнать результат' }).click()
  await expect(main.getByRole('status').filter({ hasText: /Похоже.*1,1 л в час/ })).toBeVisible()
  await main.getByRole('link', { name: 'К счётчику' }).click()
  await expect(main.getByText('Прежние проверки')).toBeVisible()
})

test('staff open a meter from its account and see no nights; another’s meter is not there', async ({
  page,
  office,
  demo,
}) => {
  const { id, title } = await waterMeter(demo.subscriber.account, 'desktop')
  await office.goto(`/admin/accounts/${demo.subscriber.account}`)
  await office.getByRole('link', { name: title, exact: true }).click()
  await expect(office.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(office.getByRole('main')).not.toContainText('Ночная проверка')
  await enter(page, demo.subscriber)
  const [foreign] = await ask<{ id: string }>(
    `select m.id from meters m where kind = 'cold_water' and removed_on is null and not exists (
       select from account_access x where x.account_id = m.account_id) limit 1`,
  )
  for (const meter of [foreign?.id, '999999999', 'x'])
    for (const path of [`/personal/readings/meters/${meter}`, `/personal/readings/meters/${meter}/night`])
      expect((await page.request.get(path)).status()).toBe(404)
  expect(
    (await office.goto(`/admin/accounts/${demo.subscriber.account}/meters/${foreign?.id}`))?.status(),
  ).toBe(404)
  expect((await page.request.get(`/personal/readings/meters/${id}`)).status()).toBe(200)
})

/** A water meter of the demo's subscriber that no other project checks at the same time. */
async function waterMeter(account: string, project: string): Promise<{ id: string; title: string }> {
  const found = await ask<{ id: string; kind: string; place: string }>(
    `select m.id, kind, place from meters m join accounts a on a.id = m.account_id
      where account_number = $1 and kind like '%water' and removed_on is null order by m.id`,
    [account],
  )
  const meter = found[['desktop', 'mobile', 'no-js'].indexOf(project)]
  if (!meter) throw new Error('the demo has no water meter for this project')
  return {
    id: meter.id,
    title: `${meter.kind === 'hot_water' ? 'Горячая' : 'Холодная'} вода, ${meter.place}`,
  }
}

/** What a clock in Moscow showed so many hours ago. */
function clockBefore(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toLocaleTimeString('ru-RU', {
    timeZone: 'Europe/Moscow',
    hour: '2-digit',
    minute: '2-digit',
  })
}
