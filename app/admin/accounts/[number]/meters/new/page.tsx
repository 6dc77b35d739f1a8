import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { accountForStaff } from '@/lib/accounts/staff'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { numberOf } from '../../number'
import { AddForm } from '../forms'
import { Heading } from '../heading'

export const metadata: Metadata = { title: 'Новый счётчик' }

export default async function NewMeterPage({ params }: PageProps<'/admin/accounts/[number]/meters/new'>) {
  const staff = await requireStaff('meters.change')
  const account = await accountForStaff(staff, numberOf((await params).number))
  if (!account) notFound()
  return (
    <div className="grid gap-5">
      <Heading account={account.accountNumber} title="Новый счётчик" />
      <p className="text-soft">{`Счёт ${account.accountNumber}, ${account.address}`}</p>
      <AddForm account={account.accountNumber} today={moscowDay(new Date())} />
    </div>
  )
}
