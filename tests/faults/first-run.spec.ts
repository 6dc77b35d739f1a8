import { expect, test } from '@playwright/test'
import { Visitor } from '../../scripts/testing/form'
import { makeDataDir, Service, statusOf } from '../support/launcher'
import { newCompany } from '../support/setup'

test('an empty database becomes a working company by the first-run page', async () => {
  test.setTimeout(360_000)
  const { dataDir, remove } = makeDataDir()
  const service = await Service.start(dataDir, { DEMO: 'off' })
  try {
    await expect.poll(() => service.printed()).toContain('one-time code: ')
    const [, code = ''] = /one-time code: ([0-9A-Z-]+)/.exec(service.printed()) ?? []
    const visitor = new Visitor(service.url)
    const page = await (await visitor.get('/setup')).text()
    expect(page).toContain('Первая настройка личного кабинета')
    expect(page).not.toContain(code)
    const typed = Object.fromEntries(
      Object.entries(newCompany).flatMap(([group, fields]) =>
        Object.entries(fields).map(([name, value]) => [`${group}.${name}`, value]),
      ),
    )

    const wrong = await (await visitor.send('/setup', page, { ...typed, code: '0000-0000-0000' })).text()
    expect(wrong).toContain('Код не подошёл')
    expect(wrong).toContain('value="МУП «Водоканал»"')
    expect(wrong).not.toContain(newCompany.administrator.password)

    const done = await visitor.send('/setup', page, { ...typed, code })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/personal/login?state=installed'])
    expect(await (await visitor.get('/personal/login?state=installed')).text()).toContain('Сервис настроен')
    expect(await statusOf(`${service.url}/setup`)).toBe(404)
    for (const kind of ['agreement', 'consent', 'privacy'])
      expect(await (await visitor.get(`/personal/documents/${kind}`)).text()).toContain('МУП «Водоканал»')
    await visitor.signIn(newCompany.administrator)
    expect([200, 303]).toContain((await visitor.get('/admin/settings')).status)
  } finally {
    expect(await service.stop()).toBe(0)
    remove()
  }
})
