import { expect, type Page } from '@playwright/test'
import { ask } from './the-demo'

/** Whoever has signed in with the login must type the password again before anything grave. */
export async function passwordWasTypedLongAgo(login: string): Promise<void> {
  await ask(
    `update sessions s set reauthenticated_at = now() - interval '10 minutes'
     from users u where u.id = s.user_id and u.login = $1`,
    [login],
  )
}

/** Presses what is grave, is asked for the password, mistypes it once, and goes on with the right one. */
export async function pressWithPassword(page: Page, button: string, password: string): Promise<void> {
  const press = page.getByRole('button', { name: button, exact: true })
  await press.click()
  await expect(page.getByText('Введите свой пароль ещё раз')).toBeVisible()
  await page.getByLabel('Ваш пароль').fill('не тот пароль совсем')
  await press.click()
  await expect(page.getByText('Пароль не подошёл')).toBeVisible()
  await page.getByLabel('Ваш пароль').fill(password)
  await press.click()
}
