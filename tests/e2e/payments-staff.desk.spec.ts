import { enter, expect, test } from '../support/journey'
import { paymentAtBank } from '../support/paid'

test('staff find a payment, give a piece of it back, see what happened, and settle one put aside', async ({
  office,
}) => {
  const { number, account } = await paymentAtBank('succeeded')
  await office.goto('/admin/payments')
  await office.getByLabel('Номер платежа или лицевой счёт').fill(account)
  await office.getByLabel('Состояние').selectOption('succeeded')
  await office.getByRole('button', { name: 'Показать' }).click()
  await expect(office.getByText(/^Найдено: \d+\. Зачислено на /)).toBeVisible()
  await office.getByRole('link', { name: `№ ${number}`, exact: true }).click()
  await expect(office.getByRole('heading', { name: `Платёж № ${number}` })).toBeVisible()
  await office.getByRole('link', { name: `Вернуть деньги по счёту ${account}` }).click()
  await office.getByLabel('Сколько вернуть, ₽').fill('50,25')
  await office.getByLabel('Почему').fill('Оплачено дважды')
  await office.getByRole('button', { name: 'Вернуть деньги' }).click()
  await expect(office.getByRole('alert').filter({ hasText: 'Поставьте отметку' })).toBeVisible()
  await expect(office.getByLabel('Сколько вернуть, ₽')).toHaveValue('50,25')
  await office.getByLabel('Понимаю, что деньги уйдут жильцу').check()
  await office.getByRole('button', { name: 'Вернуть деньги' }).click()
  await expect(office.getByRole('status')).toContainText('Деньги возвращены жильцу')
  await expect(office.getByRole('region', { name: 'Возвраты' })).toContainText(
    /Оплачено дважды.*возвращено.*50,25/s,
  )
  await expect(office.getByRole('region', { name: 'История' })).toContainText('проведён возврат №')

  const odd = await paymentAtBank('quarantined')
  await office.goto('/admin/payments?state=quarantined')
  await office.getByRole('link', { name: `№ ${odd.number}`, exact: true }).click()
  await office.getByLabel('Решение').selectOption('credit')
  await office.getByLabel('Почему').fill('Пришла другая сумма')
  await office.getByRole('button', { name: 'Решить' }).click()
  await expect(office.getByRole('alert').filter({ hasText: 'зачислить нельзя' })).toBeVisible()
  await expect(office.getByLabel('Почему')).toHaveValue('Пришла другая сумма')
  await office.getByLabel('Решение').selectOption('return')
  await office.getByLabel('Понимаю, что деньги уйдут жильцу').check()
  await office.getByRole('button', { name: 'Решить' }).click()
  await expect(office.getByRole('status')).toContainText('Решение принято')
})

test('a resident gets a certificate of no debt, or is told why not', async ({ page, demo }) => {
  await enter(page, demo.subscriber)
  const { account } = demo.subscriber
  await page.goto(`/personal/ledger?account=${account}`)
  await page.getByRole('link', { name: /^Справки/ }).click()
  await page.getByRole('button', { name: 'Получить справку об отсутствии долга' }).click()
  const given = page.getByText(/просроченной задолженности .* нет\.$/)
  await expect(given.or(page.getByRole('alert').filter({ hasText: 'Справку дать нельзя' }))).toBeVisible()
})
