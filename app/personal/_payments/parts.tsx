import type { PaymentPart } from '@/lib/payments/queries'
import { formatMoney } from '@/lib/units/money'
import { formatPeriod, period as periodOf } from '@/lib/units/period'

/** What was paid for: by account and month, and what of it went back. */
export function Parts({ parts }: { parts: readonly PaymentPart[] }) {
  return (
    <ul className="grid gap-3">
      {parts.map(({ position, address, accountNumber, amount, period, refunds }) => (
        <li key={position} className="border-t border-line pt-3">
          <div className="flex flex-wrap justify-between gap-x-4">
            <span>{[address, `счёт ${accountNumber}`].filter(Boolean).join(', ')}</span>
            <span className="ml-auto whitespace-nowrap tabular-nums">{formatMoney(amount)}</span>
          </div>
          <p className="text-[0.94em] text-soft">
            {period ? `За ${formatPeriod(periodOf(period))}` : 'Сначала за самый ранний долг'}
          </p>
          {refunds
            .filter(({ state }) => state !== 'canceled')
            .map((refund) => (
              <p key={refund.number} className="text-[0.94em] text-soft">
                {`${refund.state === 'succeeded' ? 'Возвращено' : 'Возвращаем'} ${formatMoney(refund.amount)}`}
              </p>
            ))}
        </li>
      ))}
    </ul>
  )
}
