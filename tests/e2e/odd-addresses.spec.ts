import { expect, test } from '../support/journey'

const open = [
  '/personal/login?state=__proto__',
  '/personal/login?state=constructor',
  '/personal/recover?state=__proto__',
  '/personal/%',
  '/personal/credentials/%ED%A0%80',
  '/personal/credentials/%00',
  '/personal/helper/%ED%A0%80',
  '/personal/helper/%00',
  '/personal/documents/agreement/1e3',
  '/personal/request/abc',
  '/personal/pay/abc',
  '/personal/pay?step=__proto__',
]

test('odd addresses are answered, never with an error of ours', async ({ request }) => {
  for (const address of open) expect((await request.get(address)).status(), address).toBeLessThan(500)
})

test('what is not there is told in words, without scripts too', async ({ page }) => {
  for (const address of ['/no/such/page', '/personal/documents/agreement/999999']) {
    expect((await page.goto(address))?.status()).toBe(404)
    await expect(page.getByRole('heading', { name: 'Такой страницы нет' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'В личный кабинет' })).toBeVisible()
  }
})

test('nor are those of the office', async ({ office }) => {
  const odd = [
    '/admin/audit?who=%00',
    '/admin/audit?subject=%00',
    '/admin/audit?from=0000-01-01',
    '/admin/audit?to=9999-12-31',
    '/admin/people?q=%00',
    '/admin/requests?q=%00',
    '/admin/requests/abc',
    '/admin/exchange?problem=__proto__',
  ]
  for (const address of odd) expect((await office.request.get(address)).status(), address).toBeLessThan(500)
  await office.goto('/admin/people')
  const person = await office.locator('a[href^="/admin/people/"]').first().getAttribute('href')
  expect((await office.request.get(`${person}?done=__proto__`)).status()).toBe(200)
})

test('a form too long is refused with words', async ({ request, baseURL }) => {
  const answer = await request.post('/personal/login', {
    headers: { origin: baseURL ?? '' },
    multipart: { login: 'я'.repeat(800_000) },
  })
  expect(answer.status()).toBe(413)
  expect(await answer.text()).toContain('слишком длинная')
})
