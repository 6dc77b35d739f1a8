import Link from 'next/link'
import { Badge, Card } from '@/app/_ui/box'
import { stateOf } from '@/lib/ledger/rules'
import type { PeriodRow } from '@/lib/ledger/year'
import { formatAmount, type Kopecks } from '@/lib/units/money'
import { formatPeriodTitle } from '@/lib/units/period'
import type { LinkTo } from './links'

/** All months, the latest first: a table on a desk, on a phone a block per month that needs no sideways scroll. */
export function PeriodsTable({ rows, link }: { rows: readonly PeriodRow[]; link: LinkTo }) {
  return (
    <Card>
      <table className="block w-full text-left wide:table">
        <caption className="block pb-2 text-left wide:table-caption text-[1.2rem] font-[650]">
          По месяцам, в рублях
        </caption>
        <thead className="sr-only text-soft wide:not-sr-only wide:table-header-group">
          <tr>
            <th scope="col" className="py-2 pr-4 font-medium">
              Месяц
            </th>
            {['На начало', 'Начислено', 'Оплачено', 'На конец'].map((head) => (
              <th key={head} scope="col" className="py-2 pl-4 text-right font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className={`block wide:table-row-group ${months} ${figures} ${labelled}`}>
          {rows.map((row) => (
            <Month key={row.period} row={row} href={link(`/personal/ledger/${row.period}`)} />
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** On a phone: the month and what it closed with, then what was charged and paid; the opening is the closing above. */
function Month({ row, href }: { row: PeriodRow; href: string }) {
  return (
    <tr>
      <th scope="row">
        <Link href={href} prefetch={false}>
          {formatPeriodTitle(row.period)}
        </Link>
        {row.addsUp ? null : (
          <span className="ml-3 font-normal">
            <Badge tone="warn">не сходится</Badge>
          </span>
        )}
      </th>
      <td className="hidden">
        <Side amount={row.opening} />
      </td>
      <td data-label="начислено" className="mr-auto">
        {formatAmount(row.accrued)}
      </td>
      <td data-label="оплачено">{formatAmount(row.paid)}</td>
      <td className="ml-auto text-right font-semibold">
        <Side amount={row.closing} />
      </td>
    </tr>
  )
}

// Said once for all rows, not in each.
const months =
  "[&_tr]:flex [&_tr]:flex-wrap [&_tr]:items-baseline [&_tr]:gap-x-4 [&_tr]:border-t [&_tr]:border-line [&_tr]:py-2 [&_tr]:before:order-1 [&_tr]:before:basis-full [&_tr]:before:content-[''] wide:[&_tr]:table-row wide:[&_tr]:py-0 wide:[&_tr]:before:content-none [&_th]:mr-auto [&_th]:text-left [&_th]:font-semibold wide:[&_th]:pr-4 [&_a]:inline-flex [&_a]:min-h-11 [&_a]:items-center"
const figures =
  'wide:[&_td]:table-cell wide:[&_td]:py-2 wide:[&_td]:pl-4 wide:[&_td]:text-right wide:[&_td]:whitespace-nowrap'
const labelled =
  '[&_[data-label]]:order-2 [&_[data-label]]:text-[0.82em] [&_[data-label]]:text-soft [&_[data-label]]:before:pr-1.5 [&_[data-label]]:before:content-[attr(data-label)] wide:[&_[data-label]]:text-[1em] wide:[&_[data-label]]:text-ink wide:[&_[data-label]]:before:content-none'

/** A balance in words: an overpayment is called so, never a negative amount. */
function Side({ amount }: { amount: Kopecks }) {
  const state = stateOf(amount)
  if (state.kind !== 'overpaid') return formatAmount(state.amount)
  return <span className="text-good">{`переплата ${formatAmount(state.amount)}`}</span>
}
