import type { PendingPayment } from '@/lib/ledger/balance'
import { formatDay } from '@/lib/units/day'
import { formatMoney, type Kopecks } from '@/lib/units/money'

/** Payments taken and not yet in billing's figures; the amount above already has them off. `closing`: what the bill itself asks for. */
export function Pending({
  payments,
  closing,
}: {
  payments: readonly PendingPayment[]
  closing?: Kopecks | undefined
}) {
  if (payments.length === 0) return null
  return (
    <div className="mt-3 border-t border-line pt-3">
      <h3>Оплачено, в квитанции ещё не учтено</h3>
      <p className="text-[0.94em] text-soft">
        {closing && closing > 0n
          ? `В квитанции стоит ${formatMoney(closing)}, из суммы выше оплаченное уже вычтено.`
          : 'Из суммы выше уже вычтено.'}
      </p>
      <ul>
        {payments.map(({ id, day, place, amount }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-4 py-1.5">
            <span>{[formatDay(day), place, amount < 0n ? 'возврат' : ''].filter(Boolean).join(', ')}</span>
            <span className="ml-auto whitespace-nowrap tabular-nums">{formatMoney(amount)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
