import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { StatementRow } from '@/lib/ledger/compare'
import type { Statement } from '@/lib/ledger/queries'
import type { Evidence } from '@/lib/ledger/sources'
import { formatAmount, formatMoney } from '@/lib/units/money'
import type { LinkTo } from '../links'
import { HowCounted, type Rates } from './how-counted'
import { Signed } from './what-changed'

/** Services of a month: how each was counted, what it came to, how it differs from the month before and why. */
export function ServicesTable({ bill, rates, link }: { bill: Statement; rates: Rates; link: LinkTo }) {
  const heads = ['Как посчитано', 'Начислено, ₽', 'К прошлому месяцу'].slice(0, compared(bill) ? 3 : 2)
  return (
    <Card>
      <table className="block w-full text-left wide:table">
        <caption className="block pb-2 text-left text-[1.2rem] font-[650] wide:table-caption">
          Из чего сложилось
        </caption>
        <thead className="sr-only text-[0.9em] text-soft wide:not-sr-only wide:table-header-group">
          <tr className="align-bottom">
            <th scope="col" className="py-2 font-medium">
              Услуга
            </th>
            {heads.map((head) => (
              <th
                key={head}
                scope="col"
                className={`py-2 pl-5 font-medium ${head.startsWith('Начислено') ? 'text-right whitespace-nowrap' : ''}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="block wide:table-row-group">
          {bill.rows.map((row) => (
            <Service
              key={row.serviceId}
              row={row}
              bill={bill}
              evidence={bill.evidence.get(row.serviceId)}
              rates={rates}
              link={link}
            />
          ))}
        </tbody>
        <Foot bill={bill} />
      </table>
    </Card>
  )
}

/** On a phone: the name and the amount side by side, how it was counted and the difference under them. */
const block = 'grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-3 wide:table-row'

function Service({
  row,
  bill,
  evidence,
  rates,
  link,
}: {
  row: StatementRow
  bill: Statement
  evidence: Evidence | undefined
  rates: Rates
  link: LinkTo
}) {
  const dispute = link('/personal/enquiries/new', { period: bill.period, service: row.serviceId })
  return (
    <tr className={`${block} border-t border-line align-top`}>
      <th scope="row" className="min-w-0 font-semibold wide:w-1/5 wide:py-3">
        {row.service}
      </th>
      <td className="col-span-2 row-start-2 text-[0.88em] text-soft wide:py-3 wide:pl-5">
        <HowCounted row={row} evidence={evidence} period={bill.period} rates={rates} />
        <Link
          href={dispute}
          prefetch={false}
          aria-label={`Оспорить начисление: ${row.service}`}
          className="inline-flex min-h-11 items-center print:hidden"
        >
          Оспорить начисление
        </Link>
      </td>
      <td className="col-start-2 row-start-1 text-right font-semibold whitespace-nowrap tabular-nums wide:py-3 wide:pl-5 wide:font-normal">
        {formatAmount(row.accrued)}
      </td>
      {compared(bill) ? (
        <td className="col-span-2 row-start-3 text-[0.88em] wide:w-[30%] wide:py-3 wide:pl-5">
          <Difference row={row} />
        </td>
      ) : null}
    </tr>
  )
}

function Foot({ bill }: { bill: Statement }) {
  return (
    <tfoot className="block wide:table-footer-group">
      <tr className={`${block} border-t-2 border-ink font-semibold`}>
        <th scope="row" className="font-semibold wide:py-3">
          Начислено за месяц
        </th>
        <td className="hidden wide:table-cell" />
        <td className="col-start-2 row-start-1 text-right whitespace-nowrap wide:py-3 wide:pl-5">
          {formatMoney(bill.accrued)}
        </td>
        {bill.difference === undefined ? null : (
          <td className="col-span-2 wide:py-3 wide:pl-5">
            <Signed amount={bill.difference} />
          </td>
        )}
      </tr>
    </tfoot>
  )
}

/** The difference, then its causes; one cause alone needs no sum of its own. */
function Difference({ row: { difference, why } }: { row: StatementRow }) {
  if (difference === undefined) return null
  if (why.length === 0) return <span className="text-soft">столько же, сколько в прошлом месяце</span>
  return (
    <>
      <span className="text-[1.1em]">
        <Signed amount={difference} />
      </span>
      {why.map(({ cause, amount, words }) => (
        <span key={cause} className="block">
          {why.length > 1 ? (
            <>
              <Signed amount={amount} />
              {`: ${words}`}
            </>
          ) : (
            words
          )}
        </span>
      ))}
    </>
  )
}

function compared(bill: Statement): boolean {
  return bill.difference !== undefined
}
