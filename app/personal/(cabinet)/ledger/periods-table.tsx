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
        <tbody className="block wide:table-row-group">
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
    <tr className="flex flex-wrap items-baseline gap-x-4 border-t border-line py-2 before:order-1 before:basis-full before:content-[''] wide:table-row wide:py-0 wide:before:content-none">
      <th scope="row" className="mr-auto text-left font-semibold wide:pr-4">
        <Link href={href} prefetch={false} className="inline-flex min-h-11 items-center">
          {formatPeriodTitle(row.period)}
        </Link>
        {row.addsUp ? null : (
          <span className="ml-3 font-normal">
            <Badge tone="warn">не сходится</Badge>
          </span>
        )}
      </th>
      <td className={`hidden ${figure}`}>
        <Side amount={row.opening} />
      </td>
      <td data-label="начислено" className={`order-2 mr-auto ${labelled} ${figure}`}>
        {formatAmount(row.accrued)}
      </td>
      <td data-label="оплачено" className={`order-2 ${labelled} ${figure}`}>
        {formatAmount(row.paid)}
      </td>
      <td className={`ml-auto text-right font-semibold ${figure}`}>
        <Side amount={row.closing} />
      </td>
    </tr>
  )
}

const figure = 'wide:table-cell wide:py-2 wide:pl-4 wide:text-right wide:whitespace-nowrap'
const labelled =
  'text-[0.82em] text-soft before:pr-1.5 before:content-[attr(data-label)] wide:text-[1em] wide:text-ink wide:before:content-none'

/** A balance in words: an overpayment is called so, never a negative amount. */
function Side({ amount }: { amount: Kopecks }) {
  const state = stateOf(amount)
  if (state.kind !== 'overpaid') return formatAmount(state.amount)
  return <span className="text-good">{`переплата ${formatAmount(state.amount)}`}</span>
}
