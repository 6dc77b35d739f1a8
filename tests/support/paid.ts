import { ask, expect } from './journey'

/**
 * A payment of 150,25 ₽ the bank of the demo took and told nobody of, for an account nobody has a login for: the service asks
 * and credits it; or puts it aside, where the bank took a rouble less.
 */
export async function paymentAtBank(
  becomes: 'succeeded' | 'quarantined',
): Promise<{ id: string; number: string; account: string }> {
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
       select idempotence_key::text, id::text, amount - $1::int, 'Оплата ЖКУ', 'sbp', '/personal', 'succeeded', now() from payment)
     select payment.id, number, account_number as account from payment, home`,
    [becomes === 'succeeded' ? 0 : 100],
  )
  if (!made) throw new Error('no payment')
  await ask(
    `select graphile_worker.add_job('ask-payment', payload := json_build_object('paymentId', $1::text),
       job_key := 'ask-payment:' || $1)`,
    [made.id],
  )
  const stands = async () =>
    (await ask<{ state: string }>('select state from online_payments where id = $1', [made.id]))[0]?.state
  await expect.poll(stands, { timeout: 40_000 }).toBe(becomes)
  return made
}
