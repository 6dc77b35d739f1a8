import { randomUUID } from 'node:crypto'
import { staffRoles } from '@/db/schema'
import { may, type Permission, permissions } from '@/lib/session/permissions'
import { routesOf } from '../guards/doors'
import { doorsIn } from '../guards/staff-doors'
import { projectTree } from '../guards/tree'
import { ask, expect, test } from '../support/journey'
import { haveStaff, officeCookie } from '../support/office'

// Asked by requests alone, so once is enough: the ending of the name keeps it out of the other projects.

test('each page of the office answers each role: its page, or the same 404', async ({ request, demo }) => {
  test.setTimeout(120_000)
  const objects = await someObjects(demo.subscriber.account)
  const pages = officePages(objects)
  expect(pages.length).toBeGreaterThan(25)
  const wrong: string[] = []
  const refusals = new Set<string>()
  for (const role of staffRoles) {
    const { name, value } = await officeCookie(await haveStaff([role]))
    const headers = { cookie: `${name}=${value}` }
    const open = async ({ address, permission, there }: Page) => {
      const answer = await request.get(address, { headers, maxRedirects: 0 })
      const allowed = may([role], permission)
      const right = allowed ? !there || answer.status() < 400 : answer.status() === 404
      if (!right) wrong.push(`${role} ${address}: ${answer.status()}`)
      if (!allowed) refusals.add(seen(await answer.text()))
    }
    await Promise.all(pages.map(open))
  }
  expect(wrong).toEqual([])
  expect([...refusals]).toEqual([expect.stringContaining('Такой страницы нет')])
})

test('a form whose sign-in has ended keeps what was typed, and goes on after signing in again', async ({
  office,
}) => {
  const login = await haveStaff(['administrator'])
  const cookie = await officeCookie(login)
  await office.context().addCookies([cookie])
  await office.goto('/admin/staff/new')
  await office.getByLabel('Фамилия').fill('Зимина')
  await ask('update sessions s set revoked_at = now() from users u where u.id = s.user_id and u.login = $1', [
    login,
  ])
  const send = office.getByRole('button', { name: 'Пригласить' })
  await send.click()
  await expect(office.getByText('Вход закончился')).toBeVisible()
  await expect(office.getByRole('link', { name: 'Войти в новой вкладке' })).toBeVisible()
  await expect(office.getByLabel('Фамилия')).toHaveValue('Зимина')
  await office.context().addCookies([await officeCookie(login)])
  await send.click()
  await expect(office.getByText('Напишите имя').first()).toBeVisible()
  await expect(office.getByLabel('Фамилия')).toHaveValue('Зимина')
})

interface Page {
  address: string
  permission: Permission
  /** Whether the demo holds what the address is about; else only refusals can be told. */
  there: boolean
}

/** The pages of the office with what each asks for, at addresses of things there are. */
function officePages(objects: Readonly<Record<string, string | undefined>>): Page[] {
  const asked = doorsIn(projectTree())
  return routesOf(projectTree())
    .filter(([file]) => /^app\/admin\/.*page\.tsx$/.test(file))
    .map(([file]) => {
      const folder = file.replace(/^app|\/page\.tsx$/g, '').replace(/\/\([^)]*\)/g, '')
      const known = !folder.includes('[') || objects[folder] !== undefined
      const address = objects[folder] ?? folder.replace(/\[[^\]]+\]/g, randomUUID())
      const [permission = ''] = (asked.get(file) ?? '').split(', ')
      return { address, permission: knownPermission(permission), there: known }
    })
}

function knownPermission(name: string): Permission {
  const found = (Object.keys(permissions) as Permission[]).find((one) => one === name)
  if (!found) throw new Error(`no permission ${name}`)
  return found
}

/** Addresses of things in the demo, by the folder of their page. */
async function someObjects(account: string): Promise<Record<string, string | undefined>> {
  const one = async (sql: string) => (await ask<{ id: string }>(sql))[0]?.id
  const person = await one(`select id from users where login = 'korolyova'`)
  const member = await one(`select id from users where login = 'operator'`)
  const file = await one('select id from imports order by received_at limit 1')
  const [meter] = await ask<{ id: string }>(
    `select m.id from meters m join accounts a on a.id = m.account_id
     where a.account_number = $1 and m.removed_on is null limit 1`,
    [account],
  )
  const meters = `/admin/accounts/${account}/meters`
  return {
    '/admin/people/[id]': `/admin/people/${person}`,
    '/admin/staff/[id]': `/admin/staff/${member}`,
    '/admin/accounts/[number]': `/admin/accounts/${account}`,
    '/admin/accounts/[number]/meters/new': `${meters}/new`,
    '/admin/accounts/[number]/meters/[id]': `${meters}/${meter?.id}`,
    '/admin/accounts/[number]/meters/[id]/[act]': `${meters}/${meter?.id}/replace`,
    '/admin/exchange/[id]': `/admin/exchange/${file}`,
  }
}

/** What a person sees of an answer: its words, without marks and scripts. */
function seen(html: string): string {
  return html
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}
