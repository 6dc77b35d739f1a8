import { randomInt } from 'node:crypto'
import { formatInstant } from '@/lib/units/day'
import { check } from '../support/axe'
import {
  type Applicant,
  ask,
  enter,
  expect,
  freshPage,
  haveSubscriber,
  lettersTo,
  letterTo,
  linkIn,
  newApplicant,
  setPassword,
  signIn,
  test,
} from '../support/journey'
import { passwordWasTypedLongAgo, pressWithPassword } from '../support/password-again'

const HOURS_72 = 72 * 3_600_000

test('a new e-mail is confirmed from its own mailbox; who has the old one is told, and undoes it', async ({
  page,
  browser,
  javaScriptEnabled,
}) => {
  test.setTimeout(90_000)
  const applicant = await newApplicant()
  const person = await haveSubscriber(applicant)
  const address = `novaya.${randomInt(1_000_000)}@example.ru`
  const axe = async (state: string) => (javaScriptEnabled ? check(page, state) : undefined)

  await test.step('the person asks, and types the password again', async () => {
    await enter(page, person)
    await passwordWasTypedLongAgo(person.login)
    await page.goto('/personal/profile')
    await page.getByRole('link', { name: 'Изменить', exact: true }).click()
    await page.getByLabel('Новый адрес почты').fill('новая@почта')
    await page.getByRole('button', { name: 'Сменить почту' }).click()
    await expect(page.locator('#email-error')).toContainText('русские буквы')
    await page.getByLabel('Новый адрес почты').fill(address)
    await pressWithPassword(page, 'Сменить почту', person.password)
    await expect(page.getByRole('status')).toContainText('Письмо отправлено на новый адрес')
    await expect(page.getByText(`Письмо отправлено на ${address}`)).toBeVisible()
    await expect(page.getByText(applicant.email, { exact: true })).toBeVisible()
    await axe('an e-mail that waits to be confirmed')
  })

  await test.step('the letter to the new address names nobody; its link confirms', async () => {
    const letter = await letterTo(address, 'Подтвердите адрес почты')
    for (const secret of [person.login, applicant.lastName, applicant.accountNumber])
      expect(letter).not.toContain(secret)
    const link = linkIn(letter, '/personal/contacts/')
    await page.goto(link)
    expect(await emailOf(person.login)).toBe(applicant.email)
    await axe('a link that confirms an e-mail')
    await page.getByRole('button', { name: 'Подтвердить адрес' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Адрес подтверждён' })).toBeVisible()
    await axe('an e-mail confirmed')
    await page.goto(link)
    await expect(page.getByText('По этой ссылке адрес уже подтверждён')).toBeVisible()
    await page.goto('/personal/profile')
    await expect(page.getByText(address, { exact: true })).toBeVisible()
  })

  const undo = await test.step('the old address is told, and until when it can be undone', async () => {
    const letter = await letterTo(applicant.email, 'Изменён адрес почты личного кабинета')
    const { confirmed_at, undo_until } = await changeOf(person.login)
    expect(undo_until.getTime() - confirmed_at.getTime()).toBe(HOURS_72)
    expect(letter.replace(/\s+/g, ' ')).toContain(`Отменить можно до ${formatInstant(undo_until)}`)
    expect(letter).not.toContain(address)
    return linkIn(letter, '/personal/contacts/undo/')
  })

  await test.step('too late the link tells whom to call', async () => {
    await undoableFor(person.login, '-1 second')
    await page.goto(undo)
    await expect(page.getByRole('heading', { level: 1, name: 'Ссылка не действует' })).toBeVisible()
    await expect(page.getByRole('main').locator('a[href^="tel:"]').first()).toBeVisible()
    await axe('a link that undoes, too late')
    await undoableFor(person.login, '1 hour')
  })

  const other = await freshPage(browser, page, javaScriptEnabled)
  await test.step('in time it says what will be, and undoes without a sign-in', async () => {
    await other.goto(undo)
    await expect(other.getByRole('heading', { level: 1, name: 'Вернуть прежний адрес почты?' })).toBeVisible()
    await expect(other.getByText('все входы в кабинет завершатся')).toBeVisible()
    expect(await emailOf(person.login)).toBe(address)
    if (javaScriptEnabled) await check(other, 'a link that undoes a change')
    await other.getByRole('button', { name: 'Отменить изменение' }).click()
    await expect(other.getByRole('heading', { level: 1, name: 'Изменение отменено' })).toBeVisible()
    await other.goto(undo)
    await expect(other.getByRole('heading', { level: 1, name: 'Изменение уже отменено' })).toBeVisible()
  })

  await test.step('whoever was signed in is out, and the old password is dead', async () => {
    await page.goto('/personal/ledger')
    await expect(page.getByText('Вход закончился')).toBeVisible()
    await signIn(page, person)
    await expect(page.getByText('Неверный логин или пароль').first()).toBeVisible()
  })

  await test.step('a new password comes to the old address alone', async () => {
    const password = 'совсем другие слова подряд'
    await setPassword(other, await newPasswordLink(applicant), applicant.accountNumber, password)
    expect(lettersTo(address)).toHaveLength(1)
    await enter(other, { login: person.login, password })
    await other.goto('/personal/profile/contacts')
    await expect(other.getByText(applicant.email, { exact: true })).toBeVisible()
    await other.context().close()
  })
})

async function newPasswordLink({ email }: Applicant): Promise<string> {
  return linkIn(await letterTo(email, 'Изменение отменено: задайте новый пароль'))
}

async function emailOf(login: string): Promise<string | undefined> {
  const [user] = await ask<{ email: string }>('select email from users where login = $1', [login])
  return user?.email
}

/** The change in force of somebody's e-mail. */
async function changeOf(login: string): Promise<{ confirmed_at: Date; undo_until: Date }> {
  const [change] = await ask<{ confirmed_at: Date; undo_until: Date }>(
    `select c.confirmed_at, c.undo_until from contact_changes c join users u on u.id = c.user_id
      where u.login = $1 and c.undo_until is not null`,
    [login],
  )
  if (!change) throw new Error('nothing was changed')
  return change
}

async function undoableFor(login: string, time: string): Promise<void> {
  await ask(
    `update contact_changes c set undo_until = now() + $2::interval from users u
      where u.id = c.user_id and u.login = $1`,
    [login, time],
  )
}
