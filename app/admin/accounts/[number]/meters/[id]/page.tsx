import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { AboutMeter } from '@/app/_meters/about'
import { UseGraph } from '@/app/_meters/use-graph'
import { Values } from '@/app/_meters/values'
import { accountForStaff } from '@/lib/accounts/staff'
import { meterForStaff } from '@/lib/readings/history'
import { meterOfAddress } from '@/lib/readings/schema'
import { unitOf } from '@/lib/readings/words'
import { requireStaff } from '@/lib/session/require'
import { moscowDay } from '@/lib/units/day'
import { numberOf } from '../../number'

export const metadata: Metadata = { title: 'Счётчик' }

export default async function AccountMeterPage({
  params,
}: PageProps<'/admin/accounts/[number]/meters/[id]'>) {
  const staff = await requireStaff()
  const { number, id: segment } = await params
  const account = await accountForStaff(staff, numberOf(number))
  const id = meterOfAddress.safeParse(segment)
  const history = account && id.success ? await meterForStaff(staff, account.id, id.data) : undefined
  if (!history) notFound()
  const page = `/admin/accounts/${encodeURIComponent(history.account.accountNumber)}`
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-3">
        <h1>{history.meter.title}</h1>
        <Link href={page} prefetch={false} className="ml-auto inline-block py-2">
          {`К счёту ${history.account.accountNumber}`}
        </Link>
      </div>
      <p className="text-soft">{history.account.address}</p>
      <div className="grid items-start gap-5 wide:grid-cols-2">
        <AboutMeter
          history={history}
          today={moscowDay(new Date())}
          pathOf={(other) => `${page}/meters/${other}`}
        />
        <UseGraph history={history} here="здесь" />
      </div>
      <Values months={history.months} unit={unitOf(history.meter.kind)} />
    </div>
  )
}
