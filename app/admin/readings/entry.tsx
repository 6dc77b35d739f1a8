import Link from 'next/link'
import { Badge, Card, Notice } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import { accountForStaff } from '@/lib/accounts/staff'
import { staffMeters } from '@/lib/readings/queries'
import type { Staff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { EntryForm } from './entry-form'

/** An account as one verifies a caller by it, and its meters with a field for every counter. */
export async function Entry(of: { staff: Staff; accountNumber: string; withRemoved: boolean }) {
  const { staff, accountNumber, withRemoved } = of
  const account = await accountForStaff(staff, accountNumber)
  if (!account) return <Notice title={`Лицевого счёта ${accountNumber} нет`} />
  const now = new Date()
  const all = await staffMeters(staff, account.id, now)
  const removed = all.filter((meter) => meter.standing === 'removed')
  const shown = withRemoved ? [...all.filter((meter) => !removed.includes(meter)), ...removed] : all
  const meters = shown.filter((meter) => withRemoved || meter.standing !== 'removed')
  return (
    <>
      <Card className="flex max-w-4xl flex-wrap items-center gap-x-6 gap-y-1">
        <h2>{account.address}</h2>
        <p>{account.holderName}</p>
        <Link
          href={`/admin/accounts/${encodeURIComponent(accountNumber)}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          {`Счёт ${accountNumber}`}
        </Link>
        {account.closedOn && account.closedOn <= moscowDay(now) ? (
          <Badge tone="warn">{`закрыт ${formatDay(account.closedOn)}`}</Badge>
        ) : null}
      </Card>
      {meters.length > 0 ? (
        <May
          permission="readings.enter"
          otherwise={
            <p className="text-soft">
              Показания записывают операторы. Что передано, видно на странице счёта.
            </p>
          }
        >
          <EntryForm
            key={accountNumber}
            accountNumber={accountNumber}
            meters={meters}
            today={moscowDay(now)}
          />
        </May>
      ) : (
        <Notice title="Счётчиков на этом счёте нет" />
      )}
      {removed.length > 0 && !withRemoved ? (
        <p>
          {`Сняты: ${removed.map(({ title, serial }) => `${title}, № ${serial}`).join('; ')}. `}
          <May permission="readings.enter">
            <Link
              href={`/admin/readings?account=${encodeURIComponent(accountNumber)}&removed=1`}
              prefetch={false}
              className="inline-flex min-h-11 items-center"
            >
              Ввести последнее показание снятого
            </Link>
          </May>
        </p>
      ) : null}
    </>
  )
}
