import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Card, Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { accountForStaff } from '@/lib/accounts/staff'
import { leftOn, type OwnerChange, ownerChangesOf } from '@/lib/holders/queries'
import { dayOfAddress } from '@/lib/holders/schema'
import { stateOf } from '@/lib/ledger/rules'
import { staffMeters } from '@/lib/readings/queries'
import { momentOf } from '@/lib/readings/window'
import { requireStaff } from '@/lib/session/require'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { formatMoney, type Kopecks } from '@/lib/units/money'
import { Heading } from '../meters/heading'
import { numberOf } from '../number'
import { OwnerForm } from './owner-form'

export const metadata: Metadata = { title: 'Смена собственника' }

export default async function OwnerPage({
  params,
  searchParams,
}: PageProps<'/admin/accounts/[number]/owner'>) {
  const staff = await requireStaff('accounts.change-owner')
  const account = await accountForStaff(staff, numberOf((await params).number))
  if (!account) notFound()
  const { day: asked, done } = await searchParams
  const now = new Date()
  const today = moscowDay(now)
  const day = dayOfAddress.parse(asked)
  const changes = await ownerChangesOf(staff, account.id)
  const chosen = day && day <= today ? day : undefined
  const meters = chosen ? await staffMeters(staff, account.id, momentOf(chosen, now)) : []
  return (
    <div className="grid max-w-5xl gap-5">
      <Heading account={account.accountNumber} title="Смена собственника" />
      {done === 'changed' ? (
        <Notice tone="good" role="status" title="Смена записана">
          <p>Доступ прежних закрыт, письма отправлены. Итоговый расчёт — в списке внизу.</p>
        </Notice>
      ) : null}
      <p>{`Счёт ${account.accountNumber}, ${account.address}. Сейчас владелец: ${account.holderName}.`}</p>
      {chosen ? (
        <>
          <Left amount={await leftOn(staff, account.id, chosen)} />
          <OwnerForm
            account={account.accountNumber}
            day={chosen}
            meters={meters.filter((meter) => meter.standing !== 'removed')}
          />
        </>
      ) : (
        <DayForm today={today} tooLate={day !== undefined && day > today} />
      )}
      <Changes accountNumber={account.accountNumber} changes={changes} />
    </div>
  )
}

/** The day comes first: the balance and the meters are of it. */
function DayForm({ today, tooLate }: { today: string; tooLate: boolean }) {
  return (
    <form className="flex flex-wrap items-end gap-4">
      <div className="w-72">
        <TextField
          name="day"
          label="С какого дня собственник другой"
          type="date"
          max={today}
          required
          error={tooLate ? 'Этот день ещё не наступил.' : undefined}
        />
      </div>
      <Button>Дальше</Button>
    </form>
  )
}

function Left({ amount }: { amount: Kopecks }) {
  const state = stateOf(amount)
  const words = {
    owed: `Прежний собственник должен ${formatMoney(state.amount)}`,
    overpaid: `У прежнего собственника переплата ${formatMoney(state.amount)}`,
    even: 'Прежний собственник ничего не должен',
  }
  return (
    <Notice tone="water" title={words[state.kind]}>
      <p>
        По начислениям и платежам, которые уже есть в кабинете. Новый собственник этой суммы не увидит. Его
        месяцы начнутся {state.kind === 'even' ? '' : 'с нуля '}с первого полного месяца.
      </p>
    </Notice>
  )
}

function Changes({ accountNumber, changes }: { accountNumber: string; changes: readonly OwnerChange[] }) {
  if (changes.length === 0) return null
  return (
    <Card>
      <h2 className="mb-2">Прежние смены</h2>
      <ul className="grid gap-3">
        {changes.map((one) => (
          <li key={one.id}>
            <p>
              {`С ${formatDay(one.changedOn)}: ${one.formerHolder} → ${one.newHolder}. ${one.basis}. Остаток прежнего: ${formatMoney(one.closingBalance)}.`}
            </p>
            <p className="text-soft">{`Записал(а) ${one.recordedBy}, ${formatInstant(one.recordedAt)}`}</p>
            {one.paperIds.map((id, place) => (
              <Link
                key={id}
                href={`/admin/accounts/${encodeURIComponent(accountNumber)}/owner/papers/${id}`}
                prefetch={false}
                className="mr-5 inline-block py-1"
              >
                {one.paperIds.length > 1 ? `Итоговый расчёт ${place + 1}` : 'Итоговый расчёт'}
              </Link>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}
