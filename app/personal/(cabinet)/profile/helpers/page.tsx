import type { Metadata } from 'next'
import Link from 'next/link'
import { z } from 'zod'
import { Card, Notice } from '@/app/_ui/box'
import { NoAccount } from '@/app/personal/_overview/account'
import { accountsOf, type OwnAccount } from '@/lib/accounts/queries'
import { type HelperLine, helpersOf } from '@/lib/helper-access/queries'
import { isOpen, MOST_OPEN, untilBounds } from '@/lib/helper-access/rules'
import { requireSubscriber } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { HelperCard, PastHelpers } from './helper-card'
import { InviteForm } from './invite-form'

export const metadata: Metadata = { title: 'Помощники' }

const done = {
  invited: 'Приглашение отправлено. Когда его примут, вам придёт письмо.',
  revoked: 'Доступ отозван. Передать показания этот человек больше не может.',
}

export default async function HelpersPage({ searchParams }: PageProps<'/personal/profile/helpers'>) {
  const subscriber = await requireSubscriber()
  const now = new Date()
  const [accounts, helpers] = await Promise.all([accountsOf(subscriber), helpersOf(subscriber, now)])
  if (accounts.length === 0) return <NoAccount title="Помощники" />
  const act = z.enum(['invited', 'revoked']).safeParse((await searchParams).done).data
  return (
    <div className="grid gap-5">
      <div className="grid gap-2">
        <h1>Помощники</h1>
        <p className="max-w-[65ch]">
          Показания за вас может передавать родственник или социальный работник. Он увидит только счётчики и
          последние показания — ни долга, ни начислений, ни ваших данных.
        </p>
      </div>
      {act ? <Notice tone="good" role="status" title={done[act]} /> : null}
      <div className="grid items-start gap-4 wide:grid-cols-2">
        <div className="grid gap-4">
          {accounts.map((account) => (
            <OfAccount
              key={account.id}
              account={account}
              helpers={helpers.filter((one) => one.accountNumber === account.accountNumber)}
            />
          ))}
        </div>
        <Card className="grid gap-4">
          <h2>Пригласить помощника</h2>
          <InviteForm key={helpers.length} accounts={accounts} bounds={untilBounds(moscowDay(now))} />
          <p className="text-[0.94em] text-soft">
            Для одного счёта — не больше {MOST_OPEN} помощников. Отозвать доступ можно в любую минуту.
          </p>
        </Card>
      </div>
      <p>
        <Link href="/personal/profile" prefetch={false} className="inline-flex min-h-11 items-center">
          Вернуться в профиль
        </Link>
      </p>
    </div>
  )
}

function OfAccount({
  account: { accountNumber, address },
  helpers,
}: {
  account: OwnAccount
  helpers: HelperLine[]
}) {
  const open = helpers.filter(({ state }) => isOpen(state))
  return (
    <section className="grid gap-3" aria-labelledby={`account-${accountNumber}`}>
      <div>
        <h2 id={`account-${accountNumber}`}>{`Счёт ${accountNumber}`}</h2>
        <p className="text-soft">{address}</p>
      </div>
      {open.length === 0 ? <p>Сейчас за вас никто не передаёт.</p> : null}
      {open.map((helper) => (
        <HelperCard key={helper.id} helper={helper} />
      ))}
      <PastHelpers helpers={helpers.filter(({ state, acceptedAt }) => !isOpen(state) && acceptedAt)} />
    </section>
  )
}
