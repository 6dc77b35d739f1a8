import { cookies } from 'next/headers'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { Card } from '@/app/_ui/box'
import { type ChosenAccount, chosenAccount, type OwnAccount } from '@/lib/accounts/queries'
import { ACCOUNT_COOKIE, type accountPages, wantedAccount } from '@/lib/accounts/schema'
import { helpingOf } from '@/lib/helper-access/helping'
import { hostCookie } from '@/lib/session/cookies'
import { requireSubscriber, type Subscriber } from '@/lib/session/require'
import { currentSettings } from '@/lib/settings/queries'
import { AccountSwitcher } from './account-switcher'
import { HelpingCard } from './helping-card'

export type OneAccount = Extract<ChosenAccount, { kind: 'one' }>

/** The account a page shows: of `?account=`, else the remembered one; 404 for a number that is not theirs. */
export async function accountOfPage(
  subscriber: Subscriber,
  wanted: string | string[] | undefined,
): Promise<OneAccount | undefined> {
  const remembered = (await cookies()).get(hostCookie(ACCOUNT_COOKIE))?.value
  const chosen = await chosenAccount(subscriber, wantedAccount.parse(wanted), remembered)
  if (chosen.kind === 'stranger') notFound()
  return chosen.kind === 'one' ? chosen : undefined
}

/** Whose figures these are, and «Сменить» when there is a choice. */
export function AccountLine({
  chosen: { account, all },
  back,
}: {
  chosen: OneAccount
  back: (typeof accountPages)[number]
}) {
  return (
    <div className="flex items-start justify-between gap-4 text-[0.94em] text-soft">
      <p>
        {account.address}
        <br />
        {`Счёт ${account.accountNumber}`}
      </p>
      {all.length > 1 ? (
        <AccountSwitcher key={account.id} accounts={otherThan(account, all)} back={back} />
      ) : null}
    </div>
  )
}

/** The page's body when no account is connected: that of a helper too, who has none of their own. */
export async function NoAccount({ title }: { title: ReactNode }) {
  const subscriber = await requireSubscriber()
  const [{ company }, helping] = await Promise.all([currentSettings(), helpingOf(subscriber, new Date())])
  if (helping.length > 0) return <OnlyHelping title={title} subscriber={subscriber} />
  return (
    <div className="grid gap-5">
      <h1>{title}</h1>
      <Card className="grid gap-2">
        <h2>К кабинету не подключён ни один счёт</h2>
        <p>
          Так бывает, если квартира продана или доступ к счёту закончился. Чтобы подключить счёт,{' '}
          <Link href="/personal/request" prefetch={false}>
            подайте заявку
          </Link>{' '}
          с той же почтой. Или позвоните нам, и мы разберёмся:{' '}
          {company.phones.map((phone) => (
            <a key={phone.tel} href={`tel:${phone.tel}`} className="mr-4 inline-flex min-h-11 items-center">
              {phone.text}
            </a>
          ))}
        </p>
        <p className="text-soft">{company.hours}</p>
        <p>
          <Link href="/personal/profile/data" prefetch={false} className="inline-flex min-h-11 items-center">
            Паспорт моих данных
          </Link>
        </p>
      </Card>
    </div>
  )
}

/** What a helper has instead of an account, and how to get one. */
function OnlyHelping({ title, subscriber }: { title: ReactNode; subscriber: Subscriber }) {
  return (
    <div className="grid max-w-2xl gap-5">
      <h1>{title}</h1>
      <HelpingCard subscriber={subscriber} />
      <p className="text-soft">
        Своего лицевого счёта в вашем кабинете нет. Чтобы он появился,{' '}
        <Link href="/personal/request" prefetch={false}>
          подайте заявку
        </Link>{' '}
        с той же почтой.
      </p>
    </div>
  )
}

function otherThan(account: OwnAccount, all: readonly OwnAccount[]): OwnAccount[] {
  return all.filter((one) => one.id !== account.id)
}
