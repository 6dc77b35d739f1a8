import { Badge, Card } from '@/app/_ui/box'
import type { KnownPayment } from '@/lib/ledger/history'
import { formatDay } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'

/** Payments of a year known one by one, each with whether the bill has it already. */
export function PaymentsTable({ payments, year }: { payments: readonly KnownPayment[]; year: number }) {
  if (payments.length === 0) return null
  return (
    <Card>
      <h2>{`Оплаты за ${year} год`}</h2>
      <p className="text-[0.94em] text-soft">Те, о которых нам сообщили по одной.</p>
      <ul className="mt-2">
        {payments.map(({ id, day, amount, place, source, pending }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-4 border-t border-line py-2">
            <span className="mr-auto">
              {[
                formatDay(day),
                place || (source === 'cabinet' ? 'личный кабинет' : ''),
                amount < 0n ? 'возврат' : '',
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
            <Badge tone={pending ? 'warn' : 'good'}>
              {pending ? 'в квитанции ещё не учтено' : 'учтено в квитанции'}
            </Badge>
            <span className="ml-auto whitespace-nowrap tabular-nums">{formatMoney(amount)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
