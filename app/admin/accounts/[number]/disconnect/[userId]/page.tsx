import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Notice } from '@/app/_ui/box'
import { accessToEnd } from '@/lib/holders/queries'
import { requireStaff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { Heading } from '../../meters/heading'
import { numberOf } from '../../number'
import { DisconnectForm } from './disconnect-form'

export const metadata: Metadata = { title: 'Отключить счёт' }

export default async function DisconnectPage({
  params,
}: PageProps<'/admin/accounts/[number]/disconnect/[userId]'>) {
  const staff = await requireStaff('people.disconnect')
  const { number, userId } = await params
  const access = await accessToEnd(staff, numberOf(number), userId)
  if (!access) notFound()
  const { accountNumber, address, name, login, grantedAt } = access
  return (
    <div className="grid max-w-3xl gap-5">
      <Heading account={accountNumber} title="Отключить счёт" />
      <p>
        {`${name}, логин ${login}. Счёт ${accountNumber}, ${address}. Виден с ${formatDay(moscowDay(grantedAt))}.`}
      </p>
      <Notice tone="warn" title="Что произойдёт">
        <p>
          Счёт пропадёт из кабинета этого человека со следующего открытия страницы, помощники по нему
          отключатся. Начисления, показания и платежи останутся у нас. Человеку уйдёт письмо. Другие его счета
          и сам вход в кабинет не пострадают.
        </p>
      </Notice>
      <DisconnectForm account={accountNumber} userId={access.userId} today={moscowDay(new Date())} />
    </div>
  )
}
