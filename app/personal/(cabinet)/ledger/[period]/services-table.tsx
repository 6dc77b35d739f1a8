import { Card } from '@/app/_ui/box'
import type { Statement } from '@/lib/ledger/queries'
import { formatTariff, type StatementRow } from '@/lib/ledger/rules'
import { formatAmount, formatMoney, kopecks } from '@/lib/units/money'
import { formatQuantity } from '@/lib/units/quantity'
import { Difference } from './sums'

/** Services of a month: what each came to, of what, and how it differs from the month before. */
export function ServicesTable({ bill }: { bill: Statement }) {
  const compared = bill.difference !== undefined
  return (
    <Card>
      <table className="block w-full text-left wide:table">
        <caption className="block pb-2 text-left wide:table-caption text-[1.2rem] font-[650]">
          Из чего сложилось
          {compared ? (
            <span className="block text-[0.94rem] font-normal text-soft wide:hidden">
              Под суммой — разница с прошлым месяцем
            </span>
          ) : null}
        </caption>
        <thead className="sr-only text-[0.9em] text-soft wide:not-sr-only wide:table-header-group">
          <tr className="align-bottom">
            <th scope="col" className="py-2 font-medium">
              Услуга
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-medium">
              Начислено, ₽
            </th>
            {compared ? (
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                К прошлому месяцу
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody className="block wide:table-row-group">
          {bill.rows.map((row) => (
            <Service key={row.service} row={row} compared={compared} />
          ))}
        </tbody>
        <tfoot className="block wide:table-footer-group">
          <tr className={`${row2} border-t-2 border-ink font-semibold`}>
            <th scope="row" className="row-span-2 font-semibold wide:py-3">
              Начислено за месяц
            </th>
            <td className="text-right whitespace-nowrap wide:py-3 wide:pl-3">{formatMoney(bill.accrued)}</td>
            {compared ? (
              <td className="text-right text-[0.88em] whitespace-nowrap wide:py-3 wide:pl-3 wide:text-[1em]">
                <Difference amount={bill.difference} />
              </td>
            ) : null}
          </tr>
        </tfoot>
      </table>
    </Card>
  )
}

/** On a phone the name spans two rows, the amount and the difference under each other beside it. */
const row2 = 'grid grid-cols-[1fr_auto] grid-rows-[auto_1fr] gap-x-4 py-3 wide:table-row'

function Service({ row, compared }: { row: StatementRow; compared: boolean }) {
  return (
    <tr className={`${row2} border-t border-line align-top`}>
      <th scope="row" className="row-span-2 min-w-0 font-normal wide:py-3">
        <span className="block font-semibold">{row.service}</span>
        {workings(row).map((line) => (
          <span key={line} className="block text-[0.88em] text-soft">
            {line}
          </span>
        ))}
      </th>
      <td className="text-right whitespace-nowrap wide:py-3 wide:pl-3">{formatAmount(row.accrued)}</td>
      {compared ? (
        <td className="text-right text-[0.88em] whitespace-nowrap wide:py-3 wide:pl-3 wide:text-[1em]">
          <Difference amount={row.difference} />
        </td>
      ) : null}
    </tr>
  )
}

/** «6,396 м³ × 45,18 ₽», then what was added and taken off. */
function workings(row: StatementRow): string[] {
  const lines: string[] = []
  if (row.volume !== null && row.tariff !== null)
    lines.push(`${formatQuantity(row.volume)} ${row.unit} × ${formatTariff(row.tariff)}\u00a0₽`)
  const parts = [
    ['начислено', row.charged],
    ['перерасчёт', row.recalculated],
    ['пени', row.penalty],
    ['льгота', -row.benefit],
  ] as const
  const shown = parts.filter(([, amount]) => amount !== 0n)
  const [only] = shown.length === 1 ? shown : []
  const plain = only && ['начислено', row.service.toLowerCase()].includes(only[0])
  if (shown.length > 0 && !plain)
    lines.push(shown.map(([name, amount]) => `${name} ${formatAmount(kopecks(amount))}`).join(' · '))
  return lines
}
