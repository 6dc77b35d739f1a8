import type { Page } from '@playwright/test'
import { hashPassword } from '@/lib/session/passwords'
import { codeOf, stepAt } from '@/lib/session/totp'
import { ask, expect, letterTo, linkIn, loginIn, signIn, test } from '../support/journey'
import { haveStaff, officeCookie } from '../support/office'
import { passwordWasTypedLongAgo } from '../support/password-again'

const PASSWORD = 'четыре слова через пробел'

test('a colleague is invited, sets up the second step, and signs in with a code, then with a recovery code', async ({
  page,
  context,
}, { project }) => {
  const email = `orlova.${project.name}.${Date.now()}@example.ru`
  const administrator = await haveAdministrator()
  await context.addCookies([await officeCookie(administrator)])
  await passwordWasTypedLongAgo(administrator)
  await invite(page, email)
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()

  const letter = await letterTo(email, 'Вас приглашают в кабинет сотрудника')
  const person = { login: loginIn(letter), password: PASSWORD }
  await setOwnPassword(page, linkIn(letter))
  await signIn(page, person)
  await expect(page.getByRole('heading', { name: 'Настройте второй шаг входа' })).toBeVisible()
  // Half a session opens nothing, and leads back here.
  await page.goto('/admin/people')
  await expect(page).toHaveURL(/\/personal\/login\/code\?next=%2Fadmin%2Fpeople$/)
  const secret = (await page.locator('code').innerText()).replaceAll(' ', '')
  const first = codeOf(secret, stepAt(new Date()))
  await showCode(page, first)
  await expect(page.getByRole('heading', { name: 'Запасные коды' })).toBeVisible()
  const codes = await page.locator('main ol > li').allInnerTexts()
  expect(codes).toHaveLength(10)
  await page.getByRole('link', { name: 'Коды у меня, дальше' }).click()
  await expect(page).toHaveURL(/\/admin\/people$/)

  await signInAgain(page, person)
  await showCode(page, first)
  await expect(page.getByText('Код не подошёл').first()).toBeVisible()
  await showCode(page, codeOf(secret, stepAt(new Date()) + 1))
  await expect(page.getByRole('heading', { level: 1, name: 'Люди' })).toBeVisible()

  await signInAgain(page, person)
  await showCode(page, codes[0] ?? '')
  await expect(page.getByRole('heading', { level: 1, name: 'Люди' })).toBeVisible()
})

/** An administrator with a password; their login. */
async function haveAdministrator(): Promise<string> {
  const login = await haveStaff(['administrator'])
  await ask('update users set password_hash = $1 where login = $2', [await hashPassword(PASSWORD), login])
  return login
}

/** The password is asked for again, what was typed stays, a wrong one is told, the right one goes on. */
async function invite(page: Page, email: string): Promise<void> {
  await page.goto('/admin/staff/new')
  await page.getByLabel('Фамилия').fill('Орлова')
  await page.getByLabel('Имя', { exact: true }).fill('Ирина')
  await page.getByLabel('Рабочая почта').fill(email)
  await page.getByLabel('Специалист по обращениям').check()
  const send = page.getByRole('button', { name: 'Пригласить' })
  await send.click()
  await expect(page.getByText('Введите свой пароль ещё раз')).toBeVisible()
  await page.getByLabel('Ваш пароль').fill('не тот пароль совсем')
  await send.click()
  await expect(page.getByText('Пароль не подошёл')).toBeVisible()
  await expect(page.getByLabel('Рабочая почта')).toHaveValue(email)
  await expect(page.getByLabel('Специалист по обращениям')).toBeChecked()
  await page.getByLabel('Ваш пароль').fill(PASSWORD)
  await send.click()
  await expect(page.getByText('Приглашение отправлено')).toBeVisible()
}

async function setOwnPassword(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Новый пароль').fill(PASSWORD)
  await page.getByLabel('Повторите пароль').fill(PASSWORD)
  await page.getByRole('button', { name: 'Сохранить пароль' }).click()
  await expect(page.getByText('Пароль сохранён')).toBeVisible()
}

async function signInAgain(page: Page, person: { login: string; password: string }): Promise<void> {
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()
  await signIn(page, person)
  await expect(page.getByRole('heading', { name: 'Второй шаг входа' })).toBeVisible()
}

async function showCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Код').fill(code)
  await page.getByRole('button', { name: 'Продолжить' }).click()
}
