import type { Locator } from '@playwright/test'
import { ask, enter, expect, haveSubscriber, newApplicant, plainSpaces, test } from '../support/journey'

test('a debt is paid, a payment is refused, and both are told truly', async ({ page }) => {
  const applicant = await newApplicant()
  await enter(page, await haveSubscriber(applicant))
  const main = page.getByRole('main')
  await page.goto('/personal/payments/new')
  await main.getByLabel('Сумма, ₽').fill('сто')
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByText('Напишите сумму цифрами').first()).toBeVisible()
  await main.getByLabel('Сумма, ₽').fill('1 250,50')
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByRole('heading', { name: 'Проверьте и переходите к оплате' })).toBeVisible()
  await main.getByRole('button', { name: 'Изменить' }).click()
  await main.getByLabel('Сумма, ₽').fill('100')
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByText('100,00 ₽', { exact: true })).toBeVisible()
  await main.getByRole('button', { name: 'Перейти в банк' }).click()
  await page.getByRole('button', { name: 'Отказать' }).click()
  await expect(main.getByText('Вы отказались от платежа', { exact: false })).toBeVisible()

  await page.goto('/personal')
  const before = await owed(await main.innerText())
  // One who owes taps «Оплатить», one who does not «Пополнить».
  await main.getByRole('link', { name: /^(Оплатить|Пополнить)$/ }).click()
  await main.getByLabel('Сумма, ₽').fill('12,34')
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await main.getByRole('button', { name: 'Перейти в банк' }).click()
  await page.getByRole('button', { name: 'Оплатить', exact: true }).click()
  await expect(main.getByText('Оплачено', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Все платежи' }).click()
  await expect(main.getByText('Не оплачено', { exact: true }).last()).toBeVisible()
  expect(plainSpaces(await main.innerText())).toContain('оплачено 12,34 ₽')
  await page.goto('/personal')
  expect(await owed(await main.innerText())).toBe(before - 1234)
})

test('from the overview to the bank and back in four taps on a phone; one month follows the choice', async ({
  page,
  javaScriptEnabled,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await enter(page, await haveSubscriber(await whoOwesTwoMonths()))
  const main = page.getByRole('main')
  let taps = 0
  const tap = async (on: Locator) => {
    taps += 1
    await on.click()
  }
  await page.goto('/personal/payments/new')
  const [, month] = await main.getByLabel('За что').locator('option').all()
  const words = plainSpaces((await month?.innerText()) ?? '')
  const owed = /, ([\d ]+,\d\d) ₽$/.exec(words)?.[1] ?? 'no amount'
  await main.getByLabel('За что').selectOption({ index: 1 })
  const amount = async () => plainSpaces(await main.getByLabel('Сумма, ₽').inputValue())
  if (javaScriptEnabled !== false) await expect.poll(amount).toBe(owed)
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByText(`${owed} ₽`, { exact: true })).toBeVisible()

  await page.goto('/personal')
  await tap(main.getByRole('link', { name: 'Оплатить', exact: true }))
  await tap(main.getByRole('button', { name: 'Продолжить' }))
  await tap(main.getByRole('button', { name: 'Перейти в банк' }))
  await tap(page.getByRole('button', { name: 'Оплатить', exact: true }))
  await expect(main.getByText('Оплачено', { exact: true })).toBeVisible()
  expect(taps).toBe(4)
  await page.goto('/personal')
  await expect(main.getByText('Долга нет').first()).toBeVisible()
})

/** Somebody whose debt is more than the last month came to, and who has no login yet. */
async function whoOwesTwoMonths() {
  const [account] = await ask<{ account_number: string }>(
    `select a.account_number from stated_charges s join accounts a on a.id = s.account_id
      where s.period = (select max(period) from stated_charges) and a.id % 2 = $1 and a.closed_on is null
        and not exists (select from account_access x where x.account_id = a.id)
        and not exists (select from payments p where p.account_id = a.id and p.source = 'cabinet')
      group by a.id having sum(opening) > 10000 and sum(closing) > sum(closing - opening) + 10000
        and sum(closing) > sum(charged + recalculated + penalty - benefit) + 10000
      order by a.id desc limit 1`,
    [Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 2],
  )
  if (!account) throw new Error('nobody of the demo owes two months')
  return { ...(await newApplicant()), accountNumber: account.account_number }
}

test('anybody pays for another by the account number and learns nothing but the house', async ({ page }) => {
  const main = page.getByRole('main')
  const { accountNumber, ...applicant } = await newApplicant()
  // Somebody's, so that no other journey begins with it.
  await haveSubscriber({ ...applicant, accountNumber })
  const [account] = await ask<{ address: string; holder_name: string }>(
    'select address, holder_name from accounts where account_number = $1',
    [accountNumber],
  )
  await page.goto('/personal/pay')
  await main.getByLabel('Лицевой счёт').fill('99999999999')
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByText('Такого счёта нет').first()).toBeVisible()
  await main.getByLabel('Лицевой счёт').fill(accountNumber)
  await main.getByRole('button', { name: 'Продолжить' }).click()
  await expect(main.getByText('кв. ••')).toBeVisible()
  const text = await page.content()
  expect(text).not.toContain(account?.holder_name)
  expect(text).not.toContain(account?.address)
  await main.getByLabel('Сумма, ₽').fill('5')
  await main.getByRole('button', { name: 'Перейти в банк' }).click()
  await page.getByRole('button', { name: 'Оплатить', exact: true }).click()
  await expect(main.getByText('Оплачено', { exact: true })).toBeVisible()
})

/** What the overview says is owed, in kopecks; an overpayment below zero. */
async function owed(text: string): Promise<number> {
  const [, words, amount = ''] =
    /(К оплате|Переплата|Долга нет)[^₽]*?(\d[\d ]*,\d\d) ₽/.exec(plainSpaces(text)) ?? []
  const kopecks = Number(amount.replace(/\D/g, ''))
  return words === 'Переплата' ? -kopecks : kopecks
}
