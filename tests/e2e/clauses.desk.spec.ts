import { randomInt } from 'node:crypto'
import { ask, enter, expect, haveSubscriber, letterTo, newApplicant, test } from '../support/journey'

test('an account is disconnected by a written application: it is gone at the next request, and a letter tells', async ({
  page,
  office,
}) => {
  test.setTimeout(90_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  await enter(page, person)
  await page.goto(`/personal/ledger?account=${applicant.accountNumber}`)
  await expect(page.getByRole('heading', { level: 1, name: 'Лицевой счёт' })).toBeVisible()
  const [user] = await ask<{ id: string }>('select id from users where login = $1', [person.login])
  await office.goto(`/admin/people/${user?.id}`)
  await office.getByRole('link', { name: /^Отключить счёт: / }).click()
  await office.getByRole('button', { name: 'Отключить счёт' }).click()
  await expect(office.getByRole('alert').first()).toContainText('Номер заявления')
  await office.getByLabel('Номер заявления').fill('15-ОТ')
  const [today] = await ask<{ day: string }>("select (now() at time zone 'Europe/Moscow')::date::text as day")
  await office.getByLabel('День заявления').fill(today?.day ?? '')
  await office.getByRole('button', { name: 'Отключить счёт' }).click()
  await expect(office.getByText(/заявление № 15-ОТ от/)).toBeVisible()
  expect((await page.goto(`/personal/ledger?account=${applicant.accountNumber}`))?.status()).toBe(404)
  await letterTo(applicant.email, 'отключён')
})

test('what looks like advertising is pointed out with its reason, and a person closes it without an answer', async ({
  page,
  office,
}) => {
  const mark = `Окна ${randomInt(1_000_000)}`
  await page.goto('/personal/feedback')
  await page.getByLabel('О чём').fill(mark)
  await page
    .getByLabel('Сообщение')
    .fill('Скидка 50 % на пластиковые окна! Звоните +7 900 000-00-00, http://okna.example.ru')
  await page.getByRole('button', { name: 'Отправить' }).click()
  await expect(page.getByRole('heading', { name: 'Сообщение отправлено' })).toBeVisible()
  const [enquiry] = await ask<{ number: string; suspected_of: string }>(
    'select number, suspected_of from enquiries where subject = $1',
    [mark],
  )
  await office.goto(`/admin/enquiries/${enquiry?.number}`)
  await expect(office.getByText(enquiry?.suspected_of ?? 'nothing was suspected').first()).toBeVisible()
  await office.getByLabel('Почему').selectOption('advertising')
  await office.getByRole('button', { name: 'Закрыть обращение' }).click()
  await expect(office.getByRole('status')).toContainText('Обращение закрыто')
  const [closed] = await ask<{ state: string; answered_at: Date | null }>(
    'select state, answered_at from enquiries where subject = $1',
    [mark],
  )
  expect(closed).toEqual({ state: 'closed', answered_at: null })
})
