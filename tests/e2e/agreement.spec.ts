import { ask, enter, expect, haveSubscriber, newApplicant, test } from '../support/journey'

/**
 * What is published stays for the whole service under test, and would meet every other journey: here a sign-in waits for the
 * version in force because its person has accepted none.
 */
test('a sign-in waits for the agreement, and goes on to where it went', async ({ page }) => {
  const person = await haveSubscriber(await newApplicant())
  await ask('delete from consents where user_id = (select id from users where login = $1)', [person.login])
  await page.goto('/personal/ledger')
  await page.getByLabel('Логин', { exact: true }).fill(person.login)
  await page.getByLabel('Пароль', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page).toHaveURL(/\/personal\/agreement\?next=%2Fpersonal%2Fledger$/)
  await page.goto('/personal/payments')
  await expect(page).toHaveURL(/\/personal\/agreement\?next=%2Fpersonal%2Fpayments$/)
  await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
  await page.getByRole('button', { name: 'Принимаю' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Без этой отметки')
  await page.getByLabel(/Принимаю условия/).check()
  await page.getByLabel(/Даю согласие/).check()
  await page.getByRole('button', { name: 'Принимаю' }).click()
  await expect(page).toHaveURL(/\/personal\/payments$/)
  await page.getByRole('button', { name: 'Выйти' }).click()
  await enter(page, person)
  await expect(page).toHaveURL(/\/personal$/)
})

test('a new version is seen as residents will see it, with what differs, and nothing typed is lost', async ({
  office: page,
}) => {
  await page.goto('/admin/documents/privacy/new')
  const text = page.getByLabel('Текст', { exact: true })
  await text.fill(`${await text.inputValue()}\n\n9.9. Совсем новый пункт.`)
  await page.getByRole('button', { name: 'Посмотреть' }).click()
  await expect(page.getByText('+ Добавлено: 9.9. Совсем новый пункт.')).toBeVisible()
  await page.getByRole('button', { name: 'Вернуться к тексту' }).click()
  await expect(text).toHaveValue(/9\.9\. Совсем новый пункт\.$/)
  await page.getByLabel('Название').fill('')
  await page.getByRole('button', { name: 'Посмотреть' }).click()
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Напишите название')
  await expect(text).toHaveValue(/9\.9\. Совсем новый пункт\.$/)
})
