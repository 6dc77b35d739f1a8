import { expect, test } from '../support/journey'

for (const [kind, title, anchor] of [
  ['agreement', /Пользовательское соглашение/i, 'clause-3-1'],
  ['consent', /Согласие на обработку/i, undefined],
  ['privacy', /Политика/i, undefined],
] as const) {
  test(`the document ${kind} has its version, contents and a print view`, async ({ page }) => {
    await page.goto(`/personal/documents/${kind}`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await expect(page.getByText(/Версия 1/).first()).toBeVisible()
    const contents = page.getByRole('navigation', { name: /Содержание|Оглавление/ })
    await expect(contents.getByRole('link').first()).toBeAttached()
    if (anchor) await expect(page.locator(`#${anchor}`)).toBeAttached()
    await page.goto(`/personal/documents/${kind}/1?print=1`)
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    const unknown = await page.goto(`/personal/documents/${kind}/99`)
    expect(unknown?.status()).toBe(404)
  })
}

test('every page names the ways to reach the company and the documents', async ({ page }) => {
  for (const path of ['/personal', '/personal/login', '/personal/request', '/personal/suspended']) {
    await page.goto(path)
    const foot = page.getByRole('contentinfo')
    for (const words of [
      '(48153) 3-15-30',
      '(48153) 7-16-24',
      'mup_kkp@mail.ru',
      'Пользовательское соглашение',
    ]) {
      await expect(foot.getByRole('link', { name: words })).toBeVisible()
    }
    await expect(foot.getByText(/пристройка к дому 1 «Б»/)).toBeVisible()
  }
})

test('pages carry the security headers, and a policy without inline code', async ({ page }) => {
  const answer = await page.goto('/personal/login')
  const headers = answer?.headers() ?? {}
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+'/)
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['cache-control']).toContain('no-store')
  expect(headers['x-powered-by']).toBeUndefined()
})

test('files and refusals carry their headers too, and a page its own policy alone', async ({
  request,
  demo,
}) => {
  const page = await request.get('/personal/login')
  const [file = ''] = /\/_next\/static\/[\w./~-]+/.exec(await page.text()) ?? []
  const trace = await request.fetch(`${demo.url}/personal`, { method: 'TRACE' })
  expect([trace.status(), trace.headers().allow]).toEqual([405, 'GET, HEAD, POST'])
  for (const answer of [trace, await request.get(file), await request.get('/sw.js')]) {
    expect(answer.headers()['x-content-type-options']).toBe('nosniff')
    expect(answer.headers()['content-security-policy']).toBe("frame-ancestors 'none'")
  }
  expect(page.headers()['content-security-policy']).toMatch(/^default-src/)
  expect(page.headersArray().filter(({ name }) => /^(content-security|x-content)/i.test(name))).toHaveLength(
    2,
  )
})

test('a form sent from a foreign origin is not taken', async ({ request, demo }) => {
  const page = await (await request.get('/personal/recover')).text()
  const hidden = [...page.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)]
  const form = Object.fromEntries(
    hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&quot;', '"')]),
  )
  const send = (headers: Record<string, string>) =>
    request.post('/personal/recover', {
      multipart: { ...form, who: demo.subscriber.login },
      headers,
      maxRedirects: 0,
    })
  for (const headers of [
    { origin: 'http://evil.example' },
    { origin: 'http://evil.example', 'x-forwarded-host': 'evil.example' },
    {},
  ]) {
    const answer = await send(headers)
    expect(answer.status()).toBe(403)
    expect(await answer.text()).toContain('не со страницы личного кабинета')
  }
  const own = await send({ origin: demo.url })
  expect(own.status()).toBe(303)
})

test('an identity or a nonce sent by the visitor is thrown away', async ({ request }) => {
  const answer = await request.get('/personal/login', {
    headers: { 'x-nonce': 'mine', 'x-middleware-subrequest': 'middleware' },
  })
  expect(answer.headers()['content-security-policy']).not.toContain('mine')
  const office = await request.get('/admin/people', {
    headers: { 'x-middleware-subrequest': 'middleware' },
    maxRedirects: 0,
  })
  expect(office.status()).toBe(303)
})

test('health says whether the database answers', async ({ request }) => {
  const answer = await request.get('/api/health')
  expect(answer.status()).toBe(200)
  expect(await answer.json()).toEqual({ status: 'ok' })
})
