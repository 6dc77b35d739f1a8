import type { Metadata } from 'next'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { contactsOf } from '@/lib/access/contacts-state'
import { messagesChoice } from '@/lib/access/messages'
import { type PaperlessState, paperlessStates } from '@/lib/ledger/paperless'
import { requireSubscriber } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { MessagesCard } from './messages-card'
import { PaperlessForm } from './paperless-form'
import { AccountsDoor, ConsentsDoor, ContactsCard, HelpersDoor, SignInCard } from './parts'

export const metadata: Metadata = { title: 'Профиль' }

const done = { saved: 'Готово, выбор сохранён', password: 'Пароль изменён. Остальные входы завершены' }

export default async function ProfilePage({ searchParams }: PageProps<'/personal/profile'>) {
  const subscriber = await requireSubscriber()
  const [contacts, { email, accounts }, choice] = await Promise.all([
    contactsOf(subscriber, new Date()),
    paperlessStates(subscriber),
    messagesChoice(subscriber),
  ])
  const act = z.enum(['saved', 'password']).safeParse((await searchParams).done).data
  return (
    <div className="grid gap-4">
      <h1>Профиль</h1>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <ContactsCard contacts={contacts} />
        <SignInCard login={subscriber.login} />
      </div>
      <h2>Лицевые счета и квитанции</h2>
      {accounts.length === 0 ? null : <Bills email={email} accounts={accounts} />}
      <AccountsDoor any={accounts.length > 0} />
      <h2>Звонки и письма</h2>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <MessagesCard choice={choice} />
      </div>
      <ConsentsDoor />
      {accounts.length === 0 ? null : <HelpersDoor />}
    </div>
  )
}

function Bills({ email, accounts }: { email: string; accounts: PaperlessState[] }) {
  return (
    <>
      <p className="max-w-[65ch] break-words text-soft">
        Письма приходят на {email}. В письме — сумма, срок и ссылка на квитанцию. Передумать можно в любой
        день: выбор действует со следующей квитанции.
      </p>
      <div className="grid items-start gap-4 wide:grid-cols-2">
        {accounts.map((account) => (
          <Account key={account.accountNumber} account={account} />
        ))}
      </div>
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
