import type { Page } from '@playwright/test'
import {
  ask,
  enter,
  expect,
  haveSubscriber,
  letterTo,
  linkIn,
  newApplicant,
  signIn,
  signInHere,
  test,
} from '../support/journey'
import { someMeter } from '../support/some-meter'

const PASSWORD = 'разные слова через пробел'

test('a holder invites, somebody new accepts, sends, sees nothing else, and is revoked', async ({ page }) => {
  test.setTimeout(120_000)
  const applicant = await newApplicant()
  const holder = await haveSubscriber(applicant)
  const email = `helper.${applicant.email}`
  const main = page.getByRole('main')

  await test.step('the holder invites', async () => {
    await enter(page, holder)
    await page.goto('/personal/profile')
    await page.getByRole('link', { name: 'Пригласить или отозвать' }).click()
    await page.getByLabel('Как его зовут').fill('дочь Мария')
    await page.getByLabel('Электронная почта').fill('мария@почта')
    await page.getByRole('button', { name: 'Пригласить' }).click()
    await expect(main.getByRole('alert')).toContainText('русские буквы')
    await expect(page.getByLabel('Как его зовут')).toHaveValue('дочь Мария')
    await page.getByLabel('Электронная почта').fill(email)
    await page.getByRole('button', { name: 'Пригласить' }).click()
    await expect(main.getByRole('status')).toContainText('Приглашение отправлено')
    await expect(main.getByText('приглашение отправлено', { exact: true })).toBeVisible()
    await signOut(page)
  })

  const login = await test.step('somebody without a login accepts by the letter', async () => {
    await page.goto(linkIn(await letterTo(email, 'Вас просят передавать показания'), '/personal/helper/'))
    await expect(main).not.toContainText(applicant.lastName)
    await page.getByLabel('Фамилия').fill('Иванова')
    await page.getByLabel('Имя', { exact: true }).fill('Мария')
    await page.getByLabel('Новый пароль').fill(PASSWORD)
    await page.getByLabel('Повторите пароль').fill(PASSWORD)
    await page.getByLabel(/Принимаю условия/).check()
    await page.getByLabel(/согласие на обработку/).check()
    await page.getByRole('button', { name: 'Принять приглашение' }).click()
    await expect(page.getByRole('heading', { name: 'Приглашение принято' })).toBeVisible()
    const [user] = await ask<{ login: string }>('select login from users where email = $1', [email])
    await expect(main.getByText(user?.login ?? '-', { exact: true })).toBeVisible()
    await main.getByRole('link', { name: 'Войти' }).click()
    await signInHere(page, { login: user?.login ?? '', password: PASSWORD })
    await expect(page.getByRole('heading', { name: 'Кому вы помогаете' })).toBeVisible()
    return user?.login ?? ''
  })

  await test.step('the helper sends what the meters show, and sees nothing else', async () => {
    await page.goto('/personal')
    await main.getByRole('link', { name: 'Передать показания' }).click()
    await expect(main.getByText(applicant.registrationAddress)).toBeVisible()
    const meter = await someMeter(applicant.accountNumber)
    await page.locator(`#m${meter.id}r1`).fill(meter.value)
    await page.getByRole('button', { name: 'Передать показания' }).click()
    await expect(page.getByRole('heading', { name: /приняты/ })).toBeVisible()
    await expect(main).not.toContainText(applicant.accountNumber)
    for (const path of [
      '',
      '/ledger',
      '/ledger/search',
      '/ledger/2026-10',
      '/ledger/2026-10/bill.pdf',
      '/ledger/export',
      '/readings',
      '/enquiries/new',
    ]) {
      const answer = await page.request.get(`/personal${path}?account=${applicant.accountNumber}`)
      expect(answer.status(), path).toBe(404)
    }
    await signOut(page)
  })

  await test.step('the holder is told, sees it and revokes', async () => {
    expect(await letterTo(applicant.email, 'Приглашение принято')).toContain('дочь Мария')
    await signIn(page, holder)
    await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
    await page.goto('/personal/profile/helpers')
    await expect(main.getByText(/действует до/)).toBeVisible()
    await expect(main.getByRole('listitem').filter({ hasText: /вода/ }).first()).toBeVisible()
    await page.getByRole('button', { name: 'Отозвать' }).click()
    await expect(main.getByRole('status')).toContainText('Доступ отозван')
    await signOut(page)
  })

  await test.step('what the helper had is there no more', async () => {
    await enter(page, { login, password: PASSWORD })
    const [row] = await ask<{ id: string }>('select id from helper_access where email = $1', [email])
    await page.goto(`/personal/help/${row?.id}`)
    await expect(page.getByRole('heading', { name: 'Помогать здесь больше нельзя' })).toBeVisible()
    await expect(main).not.toContainText(applicant.registrationAddress)
    const never = await page.request.get('/personal/help/00000000-0000-4000-8000-000000000000')
    expect(never.status()).toBe(404)
  })
})

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Выйти' }).click()
  await expect(page.getByText('Вы вышли')).toBeVisible()
}
