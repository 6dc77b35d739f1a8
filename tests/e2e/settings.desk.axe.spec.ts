import { check } from '../support/axe'
import { ask, expect, test } from '../support/journey'
import { officeCookie } from '../support/office'

const paths = ['', '/requisites', '/payments', '/channels', '/readings', '/rates', '/calendar', '/texts']

test('settings: what is wrong is told at the field, two who change the same are told, a letter is tried out', async ({
  office,
  browser,
  demo,
  baseURL,
  extraHTTPHeaders,
}) => {
  test.setTimeout(180_000)
  for (const path of paths) {
    await office.goto(`/admin/settings${path}`)
    await check(office, `settings${path}`)
  }

  await office.goto('/admin/settings/requisites')
  const account = office.getByLabel('Расчётный счёт')
  await account.fill('40602 810 7 0000 0000026')
  await office.getByRole('button', { name: 'Сохранить' }).click()
  await expect(office.locator('#account-error')).toContainText('не сходится контрольная цифра')
  await expect(account).toHaveValue('40602 810 7 0000 0000026')
  await check(office, 'requisites with an error')

  // A colleague's browser, without JavaScript.
  const context = await browser.newContext({
    javaScriptEnabled: false,
    ...(baseURL ? { baseURL } : {}),
    ...(extraHTTPHeaders ? { extraHTTPHeaders } : {}),
  })
  await context.addCookies([await officeCookie(demo.staff.login)])
  const colleague = await context.newPage()
  for (const page of [office, colleague]) await page.goto('/admin/settings/texts')
  await office.getByLabel('На странице «Доступ приостановлен»').fill('Возьмите с собой паспорт')
  await office.getByRole('button', { name: 'Сохранить' }).click()
  await expect(office.getByRole('status')).toContainText('Настройки сохранены')
  const typed = colleague.getByLabel('Объявление на первой странице')
  await typed.fill('3 декабря с 9 до 12 не будет воды')
  await colleague.getByRole('button', { name: 'Сохранить' }).click()
  await expect(colleague.getByRole('alert')).toContainText('Возьмите с собой паспорт')
  await expect(typed).toHaveValue('3 декабря с 9 до 12 не будет воды')
  await colleague.getByRole('button', { name: 'Сохранить' }).click()
  await expect(colleague.getByRole('status')).toContainText('Настройки сохранены')
  await context.clearCookies()
  await colleague.goto('/personal')
  await expect(colleague.getByText('3 декабря с 9 до 12 не будет воды')).toBeVisible()
  await context.close()

  await office.goto('/admin/settings/channels')
  await office.getByLabel('Куда отправить письмо').fill('proba@example.ru')
  await office.getByRole('button', { name: 'Отправить пробное письмо' }).click()
  await expect(office.getByRole('status')).toContainText('Отправлено')
  await ask(`update settings set value = value - 'texts'`)
})
