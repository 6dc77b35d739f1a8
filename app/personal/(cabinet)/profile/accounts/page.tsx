import type { Metadata } from 'next'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { type GainedAccount, gainedAccounts } from '@/lib/access/own-accounts'
import { furtherState, type WaitingAccount } from '@/lib/requests/further'
import { requireSubscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { formatDay, moscowDay } from '@/lib/units/day'
import { BackToProfile } from '../back'

export const metadata: Metadata = { title: 'Доступ к счетам' }

export default async function AccountsPage({ searchParams }: PageProps<'/personal/profile/accounts'>) {
  const subscriber = await requireSubscriber()
  const [accounts, { waiting }, { company }] = await Promise.all([
    gainedAccounts(subscriber),
    furtherState(subscriber),
    currentSettings(),
  ])
  const asked = z.literal('asked').safeParse((await searchParams).done).success
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Доступ к счетам</h1>
      {asked ? (
        <Notice tone="good" role="status" title="Заявка отправлена">
          <p>Ответ придёт письмом. Номер заявки и день ответа — ниже.</p>
        </Notice>
      ) : null}
      {accounts.length === 0 ? <p>К кабинету не подключён ни один счёт.</p> : null}
      {accounts.map((account) => (
        <Gained key={account.accountNumber} account={account} />
      ))}
      {waiting.map((one) => (
        <Waiting key={one.number} one={one} />
      ))}
      <div>
        <ButtonLink href="/personal/profile/accounts/add">Подключить ещё один счёт</ButtonLink>
      </div>
      <Card className="grid gap-2">
        <h2>Как отключить счёт</h2>
        <p>
          Отключаем по письменному заявлению (пункт 3.3 соглашения): подпишите его и принесите нам или
          отправьте по почте: {company.postalAddress}. Доступ закроется, как только мы запишем заявление,
          показания и начисления на счёте не пропадут.
        </p>
        <p className="text-soft">
          Продали квартиру? Напишите об этом в заявлении: счёт перейдёт новому владельцу.
        </p>
      </Card>
      <BackToProfile />
    </div>
  )
}

function Gained({ account: { accountNumber, address, grantedAt, request } }: { account: GainedAccount }) {
  const since = formatDay(moscowDay(grantedAt))
  return (
    <Card className="grid gap-1">
      <h2>{`Счёт ${accountNumber}`}</h2>
      <p className="text-soft">{address}</p>
      <p>
        {request
          ? `Доступ с ${since}: по заявке № ${request.number}, которую вы подали ${formatDay(moscowDay(request.submittedAt))}.`
          : `Доступ с ${since}: открыли мы, без заявки через сайт.`}
      </p>
    </Card>
  )
}

function Waiting({ one: { number, accountNumber, dueOn } }: { one: WaitingAccount }) {
  return (
    <Card className="grid gap-1">
      <h2>{`Счёт ${accountNumber}`}</h2>
      <p>{`Ждёт ответа: заявка № ${number}, ответим не позднее ${formatDay(dueOn)}.`}</p>
    </Card>
  )
}
