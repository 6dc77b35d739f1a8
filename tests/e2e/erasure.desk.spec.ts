import { addDays, formatDay, moscowDay } from '@/lib/units/day'
import { check } from '../support/axe'
import {
  ask,
  enter,
  expect,
  haveSubscriber,
  lettersTo,
  letterTo,
  newApplicant,
  signIn,
  test,
} from '../support/journey'

test('a consent withdrawn is an act of destruction within its thirty days, and nothing of the person is left', async ({
  page,
  office,
  javaScriptEnabled,
}) => {
  test.setTimeout(90_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  const [user] = await ask<{ id: string }>('select id from users where login = $1', [person.login])
  const until = formatDay(addDays(moscowDay(new Date()), 30))

  await test.step('the person withdraws, and is told by when', async () => {
    await enter(page, person)
    await page.goto('/personal/profile/data/withdraw')
    await expect(page.getByText(`Уничтожим не позже ${until}`)).toBeVisible()
    await page.getByLabel(/Я прочитал\(а\)/).check()
    await page.getByRole('button', { name: 'Отозвать согласие' }).click()
    await expect(page.getByRole('status')).toContainText('Отзыв согласия получен')
    const letter = await letterTo(applicant.email, 'Отзыв согласия получен')
    expect(letter.replace(/\s+/g, ' ')).toContain(`уничтожим не позже ${until}`)
  })

  await test.step('staff see the day of law, and what stays by it', async () => {
    await office.goto('/admin/people')
    await office.getByRole('link', { name: 'Данные', exact: true }).click()
    const row = office.getByRole('row').filter({ hasText: person.login })
    await expect(row).toContainText(`до ${until}`)
    await expect(row).toContainText('осталось дней: 30')
    if (javaScriptEnabled) await check(office, 'requests about personal data')
    await row.getByRole('link', { name: 'Отзыв согласия' }).click()
    await expect(office.getByText(`исполнить до ${until}`)).toBeVisible()
    await expect(office.getByText('Останется по закону')).toBeVisible()
    await office.getByRole('button', { name: 'Уничтожить данные' }).click()
    await expect(office.locator('#sure-error')).toHaveText('Поставьте отметку: уничтоженное не вернуть')
    if (javaScriptEnabled) await check(office, 'an erasure without its tick')
  })

  const act = await test.step('the act names what was destroyed, and not whose it was', async () => {
    await office.getByLabel('Уничтожить: вернуть будет нельзя').check()
    await office.getByRole('button', { name: 'Уничтожить данные' }).click()
    const title = office.getByRole('heading', { level: 1, name: /^Акт № \d+ об уничтожении/ })
    await expect(title).toBeVisible()
    const main = office.getByRole('main')
    await expect(main).toContainText(`Пользователь с логином ${person.login}`)
    await expect(main).toContainText('имя, электронная почта, телефон и пароль пользователя: 1')
    await expect(main).toContainText('152-ФЗ, ст. 21, ч. 5')
    for (const gone of [applicant.lastName, applicant.email]) await expect(main).not.toContainText(gone)
    if (javaScriptEnabled) await check(office, 'an act of destruction')
    return /\d+/.exec(await title.innerText())?.[0] ?? ''
  })

  await test.step('what the person sends is not taken, their pages lead out, and there is no way back in', async () => {
    await page.getByLabel('Что неверно и как правильно').fill('В имени ошибка')
    await page.getByRole('button', { name: 'Попросить исправить' }).click()
    if (javaScriptEnabled) {
      await expect(page.getByRole('main').getByRole('alert')).toContainText('Вход закончился')
      await page.goto('/personal/profile/data')
    }
    await expect(page.getByRole('heading', { level: 1, name: 'Вход в личный кабинет' })).toBeVisible()
    await expect(page.getByText('Вход закончился')).toBeVisible()
    await signIn(page, person)
    await expect(page.getByText('Неверный логин или пароль').first()).toBeVisible()
  })

  await test.step('one last letter says so; «Забыли пароль?» writes to nobody', async () => {
    const letter = await letterTo(applicant.email, 'Ваши данные уничтожены')
    expect(letter.replace(/\s+/g, ' ')).toContain(`Акт № ${act}.`)
    for (const who of [person.login, applicant.email]) {
      await page.goto('/personal/recover')
      await page.getByLabel('Логин или электронная почта').fill(who)
      await page.getByRole('button', { name: 'Прислать ссылку' }).click()
      await expect(page).toHaveURL(/state=sent/)
    }
    const left = await ask("select id from letters where sent_at is null and to_email in ('', $1)", [
      applicant.email,
    ])
    expect(left).toEqual([])
    expect(lettersTo(applicant.email)[0]).toBe(letter)
  })

  await test.step('for staff there is a login without a name, the account goes on', async () => {
    await office.goto(`/admin/people/${user?.id}`)
    await expect(office.getByRole('heading', { level: 1, name: 'удалено' })).toBeVisible()
    await expect(office.getByRole('main')).not.toContainText(applicant.email)
    await office.goto('/admin/privacy/acts')
    await expect(office.getByRole('row').filter({ hasText: person.login })).toContainText(`№ ${act}`)
    if (javaScriptEnabled) await check(office, 'acts of destruction')
    await office.goto(`/admin/accounts/${applicant.accountNumber}`)
    await expect(office.getByRole('main')).toContainText(applicant.lastName)
  })
})
