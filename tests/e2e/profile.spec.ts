import { enter, expect, freshPage, haveSubscriber, letterTo, newApplicant, test } from '../support/journey'

test('a new device is told by letter; one sees where one has signed in, and ends it', async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  await enter(page, person)
  const other = await freshPage(browser, page)
  await enter(other, person)
  expect(await letterTo(applicant.email, 'Вход с нового устройства')).toContain(
    'с которого раньше не входили',
  )
  await page.goto('/personal/profile/devices')
  await expect(page.getByText('это вы сейчас')).toBeVisible()
  await page.getByRole('button', { name: /^Завершить: / }).click()
  await expect(page.getByRole('status')).toContainText('Вход завершён')
  await other.goto('/personal/ledger')
  await expect(other).toHaveURL(/\/personal\/login/)
  await page.goto('/personal/ledger')
  await expect(page.getByRole('heading', { level: 1, name: 'Лицевой счёт' })).toBeVisible()
  await other.context().close()
})
