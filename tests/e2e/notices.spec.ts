import { randomInt } from 'node:crypto'
import { ask, enter, expect, haveSubscriber, letterTo, newApplicant, test } from '../support/journey'

test('staff publish an accident for a house after seeing whom it reaches; its residents read it', async ({
  page,
  office,
}) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  await ask(
    `insert into consents (kind, user_id, text_hash) select 'messages', id, 'x' from users where login = $1`,
    [person.login],
  )
  const [account] = await ask<{ house: string }>('select house from accounts where account_number = $1', [
    applicant.accountNumber,
  ])
  const title = `Нет отопления, заявка ${randomInt(1_000_000)}`
  await office.goto('/admin/notices')
  await office.getByRole('link', { name: 'Новое объявление' }).click()
  await office.getByLabel('О чём').selectOption('sudden')
  await office.getByLabel('Заголовок').fill(title)
  await office.getByLabel('Текст').fill('Работает бригада.')
  await office.getByLabel('Для кого').selectOption('house')
  await office.getByLabel('Дом или микрорайон').fill(account?.house ?? '')
  await office.getByRole('button', { name: 'Проверить' }).click()
  await expect(office.getByRole('main').getByRole('alert')).toContainText('до какого времени показывать')
  await office.getByLabel('Показывать до').fill(tomorrow())
  await office.getByRole('button', { name: 'Проверить' }).click()
  await expect(office.getByRole('status')).toContainText('Ещё не опубликовано')
  await expect(office.getByRole('status')).toContainText(/в кабинете \d+ человек.*письмо: [1-9]/)
  await office.getByRole('button', { name: 'Опубликовать' }).click()
  await expect(office.getByRole('status')).toContainText('Опубликовано')
  expect(await letterTo(applicant.email, title)).toContain('Работает бригада.')

  await enter(page, person)
  await page.goto('/personal')
  const news = page.getByRole('region', { name: 'Объявления' })
  await expect(news.getByRole('heading', { name: title })).toBeVisible()
  await news.getByRole('button', { name: new RegExp(title) }).click()
  await expect(page.getByRole('heading', { name: title })).toBeHidden()
  await page.getByRole('link', { name: 'Все объявления' }).click()
  await expect(page.getByRole('heading', { name: title })).toBeVisible()
  await office.getByRole('button', { name: 'Отменить объявление' }).click()
  await expect(office.getByRole('status')).toContainText('Отменено')
  await page.reload()
  await expect(page.getByRole('heading', { name: title })).toBeHidden()
})

/** This hour tomorrow in Moscow, as a field of day and time takes it. */
function tomorrow(): string {
  return new Date(Date.now() + 27 * 3_600_000).toISOString().slice(0, 16)
}
