import { ask, enter, expect, test } from '../support/journey'

test('staff find a payment, give a piece of it back and see what happened', async ({ office }) => {
  const { number, account } = await paidPayment()
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

/** A payment of 150,25 ₽ the bank of the demo took and told nobody of: the service asks and credits it. */
async function paidPayment(): Promise<{ number: string; account: string }> {
  const [made] = await ask<{ id: string; number: string; account: string }>(
    `with home as (
       select id, account_number from accounts a where closed_on is null
         and exists (select from stated_charges c where c.account_id = a.id)
         and not exists (select from account_access x where x.account_id = a.id) order by id desc limit 1),
     payment as (
       insert into online_payments (submission_key, amount, method, provider, next_ask_at)
       values (gen_random_uuid()::text, 15025, 'sbp', 'demo', now()) returning *),
     part as (
       insert into online_payment_parts (payment_id, position, account_id, amount)
       select payment.id, 1, home.id, 15025 from payment, home),
     bank as (
       insert into demo_bank_payments (idempotence_key, "order", amount, description, method, return_url, state, captured_at)
       select idempotence_key::text, id::text, amount, 'Оплата ЖКУ', 'sbp', '/personal', 'succeeded', now() from payment)
     select payment.id, number, account_number as account from payment, home`,
  )
  if (!made) throw new Error('no payment')
  await ask(
    `select graphile_worker.add_job('ask-payment', payload := json_build_object('paymentId', $1::text),
       job_key := 'ask-payment:' || $1)`,
    [made.id],
  )
  const stands = async () =>
    (await ask<{ state: string }>('select state from online_payments where id = $1', [made.id]))[0]?.state
  await expect.poll(stands, { timeout: 20_000 }).toBe('succeeded')
  return made
}
