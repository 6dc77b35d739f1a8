import type { Page, Route } from '@playwright/test'
import {
  ask,
  becomeSubscriber,
  enter,
  expect,
  freshPage,
  newApplicant,
  signIn,
  signInHere,
  test,
} from '../support/journey'

test('in a cellar: the page opens, what is typed is kept and sent once, with its time', async ({
  page,
  office,
  context,
}) => {
  test.setTimeout(120_000)
  const { account, meters } = await neighbour(page, office, 1)
  await openAndKeep(page)
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText('Нет связи', { exact: true })).toBeVisible()
  await page.locator(`#m${meters[0]}r1`).fill('105,5')
  await page.reload()
  await expect(page.locator(`#m${meters[0]}r1`)).toHaveValue('105,5')
  await page.goto('/personal').catch(() => undefined)
  await expect(page).toHaveURL(/\/personal\/readings$/)
  await press(page)
  await expect(page.getByText(/Показания сохранены на телефоне/)).toBeVisible()
  const second = await context.newPage()
  await second.goto('/personal/readings')
  await expect(second.getByText(/Показания сохранены на телефоне/)).toBeVisible()
  await takenEarlier(page, 600)
  expect(await sentOf(account)).toEqual([])
  await context.setOffline(false)
  for (const tab of [page, second]) await expect(tab.getByText(/Отправлено: показания/)).toBeVisible()
  const sent = await sentOf(account)
  expect(sent.map(({ value, channel, papers }) => [Number(value), channel, papers])).toEqual([
    [105.5, 'offline', '1'],
  ])
  expect(Math.abs(Number(sent[0]?.age) - 600)).toBeLessThan(60)
  await page.getByRole('link', { name: 'Расписка' }).click()
  await expect(page.getByRole('heading', { name: /приняты/ })).toBeVisible()
})

test('another value sent meanwhile is shown, a wrong one comes back; leaving asks and clears', async ({
  page,
  office,
  context,
  browser,
  demo,
}) => {
  test.setTimeout(150_000)
  const { account, meters, person } = await neighbour(page, office, 2)
  const first = page.locator(`#m${meters[0]}r1`)
  const other = page.locator(`#m${meters[1]}r1`)
  await openAndKeep(page)
  await context.setOffline(true)
  await first.fill('107')
  await other.fill('1e3')
  await press(page)
  await expect(page.getByText(/Показания сохранены на телефоне/)).toBeVisible()

  const home = await freshPage(browser, page)
  await enter(home, person)
  await home.goto('/personal/readings')
  await home.locator(`#m${meters[0]}r1`).fill('106')
  await press(home)
  await expect(home.getByRole('heading', { name: /приняты/ })).toBeVisible()
  await home.context().close()

  // The second value is none: it is told at its field, with the first still typed.
  await context.setOffline(false)
  await expect(other).toHaveAttribute('aria-invalid', 'true')
  await expect(other).toHaveValue('1e3')
  await other.fill('105')
  await press(page)
  const conflict = page.getByRole('alert').filter({ hasText: 'передали другие показания' })
  await expect(conflict).toContainText('00107,000')
  await expect(conflict).toContainText('00106,000')
  await conflict.getByRole('button', { name: 'Передать те, что на телефоне' }).click()
  await expect(page.getByText(/Отправлено: показания/)).toBeVisible()
  await expect(page.getByText('передано')).toHaveCount(2)
  expect((await sentOf(account)).map(({ value }) => Number(value))).toEqual([107, 105])
  await page.getByRole('button', { name: 'Понятно' }).click()

  // A network that is there, but lets nothing through.
  const isPost = (route: Route) => (route.request().method() === 'POST' ? route.abort() : route.continue())
  await page.route('**/*', isPost)
  await first.fill('1e3')
  await press(page)
  await expect(page.getByText(/Показания сохранены на телефоне/)).toBeVisible()
  await page.unroute('**/*', isPost)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(page.getByText(/пока не приняты/)).toBeVisible()
  await expect(first).toHaveAttribute('aria-invalid', 'true')
  page.once('dialog', (dialog) => dialog.dismiss())
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText(/пока не приняты/)).toBeVisible()
  page.once('dialog', (dialog) => dialog.accept())
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()
  await expect.poll(() => onPhone(page)).toEqual({ pages: [], store: ['phone-sendings', 'phone-unsent'] })
  await signInHere(page, demo.subscriber)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await page.goto('/personal/readings')
  await expect(page.getByRole('button', { name: 'Передать показания' })).toBeVisible()
  await expect(page.getByText(/пока не приняты/)).toHaveCount(0)
})

test('on «Чужой компьютер» nothing is kept', async ({ page, demo }) => {
  await page.clock.install()
  await page.goto('/personal/login')
  await page.getByLabel('Чужой компьютер').check()
  await signInHere(page, demo.subscriber)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await page.goto('/personal/readings')
  await page.locator('main input[inputmode=decimal]').first().fill('1')
  // On an own phone the page would be kept by now.
  await page.clock.fastForward(5_000)
  await page.waitForLoadState('networkidle')
  expect(await onPhone(page)).toEqual({ pages: [], store: [] })
  const workers = () => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)
  expect(await workers()).toBe(0)
})

test('with one bar of signal four meters are sent in 40 seconds from the login', async ({
  page,
  office,
  browser,
  baseURL,
  viewport,
  userAgent,
}) => {
  test.setTimeout(150_000)
  const { account, meters, person } = await neighbour(page, office, 4)
  // Nothing of the service is on this phone yet, and no worker whose own requests would not be slowed down.
  const context = await browser.newContext({
    baseURL: baseURL ?? '',
    viewport,
    userAgent: userAgent ?? '',
    hasTouch: true,
    serviceWorkers: 'block',
  })
  const phone = await context.newPage()
  const network = await context.newCDPSession(phone)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  })
  const start = Date.now()
  await signIn(phone, person)
  await phone.getByRole('link', { name: 'Показания', exact: true }).click()
  for (const id of meters) await phone.locator(`#m${id}r1`).fill('105')
  await press(phone)
  await expect(phone.getByRole('heading', { name: /приняты/ })).toBeVisible()
  const took = (Date.now() - start) / 1000
  console.log(`four meters on slow 3G: ${took.toFixed(1)} s`)
  expect(took).toBeLessThan(40)
  expect(await sentOf(account)).toHaveLength(4)
  await context.close()
})

/** A new subscriber, signed in, whose account has that many water meters, each at 100 last month. */
async function neighbour(page: Page, office: Page, count: number) {
  const applicant = await newApplicant()
  const person = await becomeSubscriber(page, office, applicant)
  const [row] = await ask<{ id: string }>('select id from accounts where account_number = $1', [
    applicant.accountNumber,
  ])
  const account = row?.id ?? ''
  await ask('delete from readings where account_id = $1', [account])
  await ask('delete from meters where account_id = $1', [account])
  const meters = await ask<{ id: string }>(
    `insert into meters (account_id, serial, kind, place, digits_before, digits_after, installed_on, verified_until)
     select $1, 'П-' || n, 'cold_water', 'место ' || n, 5, 3, '2020-01-01', now() + interval '1 year'
       from generate_series(1, $2) n returning id`,
    [account, count],
  )
  await ask(
    `insert into readings (account_id, meter_id, period, register, version, value, taken_on, channel)
     select account_id, id, to_char(now() - interval '2 months', 'YYYY-MM'), 1, 1, 100, now() - interval '2 months', 'import'
       from meters where account_id = $1`,
    [account],
  )
  await enter(page, person)
  return { account, person, meters: meters.map(({ id }) => Number(id)) }
}

/** Values of an account in force that came through the cabinet; `age`: seconds from the dial to us. */
function sentOf(account: string) {
  return ask<{ value: string; channel: string; age: string | null; papers: string }>(
    `select value::text, channel, extract(epoch from received_at - taken_at)::text age,
            (select count(*)::text from papers p where p.account_id = r.account_id) papers
       from readings r where account_id = $1 and channel <> 'import' and superseded_at is null order by meter_id`,
    [account],
  )
}

async function press(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Передать показания' }).click()
}

/** Opens the readings page and waits until the phone has it. */
async function openAndKeep(page: Page): Promise<void> {
  await page.goto('/personal/readings')
  await expect.poll(async () => (await onPhone(page)).pages).toEqual(['/personal/readings'])
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
}

/** What lies on the phone: pages of the caches, keys of the storage. */
function onPhone(page: Page): Promise<{ pages: string[]; store: string[] }> {
  return page.evaluate(async () => {
    const pages: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        if (!url.includes('/_next/')) pages.push(new URL(url).pathname)
    return { pages, store: Object.keys(localStorage).sort() }
  })
}

/** As if the dial had been read so many seconds before. */
function takenEarlier(page: Page, seconds: number): Promise<void> {
  return page.evaluate((span) => {
    const text = localStorage.getItem('phone-sendings') ?? ''
    const earlier = (_: string, at: string) => `"takenAt":${Number(at) - span * 1000}`
    localStorage.setItem('phone-sendings', text.replace(/"takenAt":(\d+)/, earlier))
  }, seconds)
}
