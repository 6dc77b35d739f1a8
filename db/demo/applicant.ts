import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'
import type { Applicant } from './demo-file'

const rows = z.array(
  z.object({
    accountNumber: z.string(),
    holderName: z.string(),
    address: z.string(),
    phone: z.string(),
  }),
)

/**
 * Somebody to try the request with: the holder of an open account with meters and a debt whom nobody ever gave access
 * to and nobody asked for; `preferred` as long as nobody has access to it. Passport and e-mail are made up.
 * Undefined when no such account is left.
 */
export async function findApplicant(tx: Tx, preferred: string | undefined): Promise<Applicant | undefined> {
  const { rows: found } = await tx.execute(sql`
    select a.account_number as "accountNumber", a.holder_name as "holderName", a.address, a.phone
    from accounts a
    where a.closed_on is null and a.phone is not null
      and a.holder_name ~ '^[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+$'
      and not exists (select 1 from account_access x where x.account_id = a.id and x.ended_at is null)
      and (a.account_number = ${preferred ?? ''} or (
        not exists (select 1 from account_access x where x.account_id = a.id)
        and not exists (select 1 from access_requests q where q.account_number = a.account_number)
        and (select count(*) from meters m where m.account_id = a.id and m.removed_on is null) >= 3
        and not exists (select 1 from meters m where m.account_id = a.id and m.verified_until < current_date + 90)
        and not exists (select 1 from ledger_entries e where e.account_id = a.id and e.kind = 'payment')
        and (select sum(c.closing) from stated_charges c where c.account_id = a.id
          and c.period = (select max(period) from charges)) between 100000 and 1500000))
    order by a.account_number = ${preferred ?? ''} desc, a.account_number
    limit 1`)
  const [chosen] = rows.parse(found)
  return chosen && applicantOf(chosen)
}

function applicantOf(account: z.infer<typeof rows>[number]): Applicant {
  const [lastName = '', firstName = '', patronymic = ''] = account.holderName.split(' ')
  const figures = Number(account.accountNumber)
  return {
    accountNumber: account.accountNumber,
    lastName,
    firstName,
    patronymic,
    registrationAddress: account.address,
    postalAddress: account.address,
    passport: `6614 ${String(512_000 + (figures % 9_000)).padStart(6, '0')}`,
    passportIssuedBy: 'Отделом УФМС России по Смоленской области в г. Десногорске',
    passportIssuedOn: `2014-${String((figures % 12) + 1).padStart(2, '0')}-${String((figures % 27) + 1).padStart(2, '0')}`,
    email: `zayavka.${account.accountNumber}@example.ru`,
    phone: account.phone,
  }
}
