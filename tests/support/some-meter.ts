import { ask } from './the-demo'

/** A water meter of the account and a value a little above its last, which nothing is odd about. */
export async function someMeter(accountNumber: string): Promise<{ id: number; value: string }> {
  const [meter] = await ask<{ id: string; value: string }>(
    `select m.id, r.value::text from meters m join accounts a on a.id = m.account_id
       join readings r on r.meter_id = m.id and r.superseded_at is null
      where a.account_number = $1 and m.removed_on is null and m.registers = 1 and m.kind like '%water'
        and m.verified_until > now() + interval '1 month' and m.digits_after >= 2
      order by m.id, r.period desc limit 1`,
    [accountNumber],
  )
  if (!meter) throw new Error('no meter')
  return { id: Number(meter.id), value: (Number(meter.value) + 0.5).toFixed(2).replace('.', ',') }
}
