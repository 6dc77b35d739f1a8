import Link from 'next/link'
import { Card } from '@/app/_ui/box'
import type { ChargeFound } from '@/lib/ledger/history'
import { accrued, totalOf } from '@/lib/ledger/rules'
import { partsWords } from '@/lib/ledger/words'
import { formatAmount, formatMoney } from '@/lib/units/money'
import { formatPeriodTitle } from '@/lib/units/period'
import { plural } from '@/lib/units/text'
import type { LinkTo } from '../links'

/** More rows than anybody reads; what is beyond is in the sum and in the files. */
const SHOWN = 500

/** The charges found, the latest first, with what they come to together. */
export function Results({ rows, link }: { rows: readonly ChargeFound[]; link: LinkTo }) {
  const total = totalOf(rows)
  return (
    <Card>
      <h2>{`Нашлось ${plural(rows.length, ['начисление', 'начисления', 'начислений'])} на ${formatMoney(accrued(total))}`}</h2>
      <Sums total={total} />
      <ul className="mt-2">
        {rows.slice(0, SHOWN).map((row) => (
          <li
            key={`${row.period} ${row.service}`}
            className="grid grid-cols-[1fr_auto] gap-x-4 border-t border-line py-2 wide:grid-cols-[11rem_1fr_2fr_auto]"
          >
            <Link
              href={link(`/personal/ledger/${row.period}`)}
              prefetch={false}
              className="col-span-2 inline-flex min-h-11 items-center wide:col-span-1 wide:min-h-0"
            >
              {formatPeriodTitle(row.period)}
            </Link>
            <span>{row.service}</span>
            <span className="order-last col-span-2 text-[0.88em] text-soft wide:order-none wide:col-span-1">
              {partsWords(row)}
            </span>
            <span className="text-right whitespace-nowrap tabular-nums">{formatAmount(accrued(row))}</span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN ? (
        <p className="mt-2 text-soft">{`Показаны последние ${SHOWN}. Сузьте месяцы, чтобы увидеть остальные.`}</p>
      ) : null}
    </Card>
  )
}

function Sums({ total }: { total: ReturnType<typeof totalOf> }) {
  const sums = [
    ['начислено', total.charged],
    ['перерасчёт', total.recalculated],
    ['льгота', total.benefit],
    ['пени', total.penalty],
    ['оплачено', total.paid],
  ] as const
  const shown = sums.filter(([, amount]) => amount !== 0n)
  return (
    <p className="text-soft">{shown.map(([name, amount]) => `${name} ${formatMoney(amount)}`).join(' · ')}</p>
  )
}
