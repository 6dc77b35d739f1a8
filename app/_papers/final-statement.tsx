import { Card } from '@/app/_ui/box'
import { PrintButton } from '@/app/_ui/print-button'
import { WideTable } from '@/app/_ui/wide-table'
import { stateOf } from '@/lib/ledger/rules'
import type { FinalPaper } from '@/lib/papers/queries'
import { spacedCode } from '@/lib/papers/rules'
import type { FinalStatement } from '@/lib/papers/schema'
import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatAmount, formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriodTitle, period } from '@/lib/units/period'

/** «Итоговый расчёт» of a former holder, on a sheet to be printed. */
export function FinalSheet({ paper: { number, code, issuedAt, body } }: { paper: FinalPaper }) {
  const { words, amount } = stateOf(kopecks(BigInt(body.balance)))
  return (
    <div className="grid max-w-3xl gap-4">
      <h1>Итоговый расчёт прежнего собственника</h1>
      <Card className="grid gap-3">
        <p className="text-soft">{body.company}</p>
        <p>
          <strong className="tabular-nums">{`№ ${number}, код ${spacedCode(code)}`}</strong>
          {`, выдан ${formatInstant(issuedAt)}`}
        </p>
        <p>{`Лицевой счёт ${body.accountNumber}, ${body.address}. Владелец: ${body.holderName}.`}</p>
        <p>{`С ${formatDay(day(body.on))} собственник другой. На этот день:`}</p>
        <p className="text-[1.2rem] font-semibold">{`${words}: ${formatMoney(amount)}`}</p>
      </Card>
      <Meters meters={body.meters} />
      <Months months={body.months} />
      <p className="text-soft">
        Если месяц смены или последние платежи ещё не рассчитаны, биллинг пришлёт их отдельно. Проверить
        документ можно на нашем сайте, в разделе «Проверить документ», по номеру и коду.
      </p>
      <div className="print:hidden">
        <PrintButton />
      </div>
    </div>
  )
}

function Meters({ meters }: Pick<FinalStatement, 'meters'>) {
  if (meters.length === 0) return null
  return (
    <Card>
      <h2 className="mb-2">Показания на этот день</h2>
      <ul className="grid gap-1">
        {meters.map(({ title, serial, unit, values, why }) => (
          <li key={serial}>
            {`${title}, № ${serial}: `}
            {why === null ? (
              <b className="font-medium tabular-nums">
                {values.map(({ name, dial }) => (name ? `${name} ${dial}` : dial)).join(', ')} {unit}
              </b>
            ) : (
              `не сняты (${why})`
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Months({ months }: Pick<FinalStatement, 'months'>) {
  if (months.length === 0) return null
  return (
    <WideTable label="Последние месяцы, рублей" heads={['Месяц', 'Начислено', 'Оплачено']} figuresFrom={1}>
      {months.map((month) => (
        <tr key={month.period}>
          <th scope="row" className="px-4 py-2 font-medium whitespace-nowrap">
            {formatPeriodTitle(period(month.period))}
          </th>
          {Object.entries({ accrued: month.accrued, paid: month.paid }).map(([name, amount]) => (
            <td key={name} className="px-4 text-right whitespace-nowrap tabular-nums">
              {formatAmount(kopecks(BigInt(amount)))}
            </td>
          ))}
        </tr>
      ))}
    </WideTable>
  )
}
