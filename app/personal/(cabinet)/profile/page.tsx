import type { Metadata } from 'next'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { NoAccount } from '@/app/personal/_overview/account'
import { messagesChoice } from '@/lib/access/messages'
import { type PaperlessState, paperlessStates } from '@/lib/ledger/paperless'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { MessagesCard } from './messages-card'
import { PaperlessForm } from './paperless-form'

export const metadata: Metadata = { title: 'Профиль' }

export default async function ProfilePage({ searchParams }: PageProps<'/personal/profile'>) {
  const subscriber = await requireSubscriber()
  const [{ email, accounts }, choice] = await Promise.all([
    paperlessStates(subscriber),
    messagesChoice(subscriber),
  ])
  if (accounts.length === 0) return <NoAccount title="Профиль" />
  const done = z.literal('saved').safeParse((await searchParams).done).success
  return (
    <div className="grid gap-4">
      <h1>Профиль</h1>
      {done ? <Notice tone="good" role="status" title="Готово, выбор сохранён" /> : null}
      <h2>Лицевые счета и квитанции</h2>
      <p className="max-w-[65ch] text-soft">
        Письма приходят на {email}. В письме — сумма, срок и ссылка на квитанцию. Передумать можно в любой
        день: выбор действует со следующей квитанции.
      </p>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        {accounts.map((account) => (
          <Account key={account.accountNumber} account={account} />
        ))}
      </div>
      <h2>Звонки и письма</h2>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <MessagesCard choice={choice} />
      </div>
      <Helpers />
    </div>
  )
}

/** The way to the people who may send readings instead. */
function Helpers() {
  return (
    <>
      <h2>Помощники</h2>
      <p className="max-w-[65ch]">
        Родственник или социальный работник может передавать показания за вас и больше ничего не увидит.
      </p>
      <p>
        <ButtonLink href="/personal/profile/helpers" look="second">
          Пригласить или отозвать
        </ButtonLink>
      </p>
    </>
  )
}

function Account({ account: { accountNumber, address, since } }: { account: PaperlessState }) {
  return (
    <Card className="grid gap-3">
      <div>
        <h3>{`Счёт ${accountNumber}`}</h3>
        <p className="text-soft">{address}</p>
      </div>
      <p>
        {since
          ? `Квитанция приходит на почту с ${formatDay(moscowDay(since))}.`
          : 'Квитанция приходит на бумаге.'}
      </p>
      <PaperlessForm accountNumber={accountNumber} paperless={since !== undefined} />
    </Card>
  )
}
