import { formulaOf } from '@/lib/ledger/formula'
import { penaltyWorkings, rateOn } from '@/lib/ledger/penalty'
import type { Line } from '@/lib/ledger/rules'
import type { Evidence } from '@/lib/ledger/sources'
import { basisWords, measure, partsWords } from '@/lib/ledger/words'
import { formatDay } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'
import { dayOfPeriod, type Period } from '@/lib/units/period'
import { formatQuantity } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'

/** The yearly rates penalties are reckoned from, by the day each is in force from. */
export type Rates = readonly { from: string; percent: string }[]

/** How a charge came about: volume × tariff, the readings behind it, what was added and taken off, the penalty's days and rate. */
export function HowCounted({
  row,
  evidence,
  period,
  rates,
}: {
  row: Line
  evidence: Evidence | undefined
  period: Period
  rates: Rates
}) {
  const formula = formulaOf(row)
  const lines = [
    formula?.text,
    row.basis ? basisWords(row.basis) : undefined,
    row.chargedFrom ? `с ${formatDay(row.chargedFrom, { year: false })}` : undefined,
  ].filter((line) => line !== undefined)
  return (
    <>
      {lines.length > 0 ? <span className="block text-ink">{lines.join(', ')}</span> : null}
      {formula && !formula.agrees && row.charged !== 0n ? (
        <span className="block text-warn">
          {`По этим числам выходит ${formatMoney(formula.amount)}, начислено ${formatMoney(row.charged)}`}
        </span>
      ) : null}
      <Readings evidence={evidence} row={row} />
      <Small text={partsWords(row)} />
      {row.penalty !== 0n ? <Penalty row={row} period={period} rates={rates} /> : null}
    </>
  )
}

function Readings({ evidence, row }: { evidence: Evidence | undefined; row: Line }) {
  if (!evidence) return null
  return (
    <>
      {evidence.sources.map(({ title, dials }) => (
        <Small key={`${title} ${dials}`} text={`${title}: показания ${dials}`} />
      ))}
      {evidence.differs === undefined ? null : (
        <span className="block text-warn">
          {`По показаниям ${measure(evidence.differs, row.unit)}${
            row.volume === null ? '' : `, в квитанции ${measure(row.volume, row.unit)}`
          }`}
        </span>
      )}
    </>
  )
}

function Penalty({ row, period, rates }: { row: Line; period: Period; rates: Rates }) {
  const workings = penaltyWorkings(row)
  if (workings)
    return (
      <>
        <Small text={`Пени: ${workings.formula} = ${formatMoney(workings.amount)}`} />
        {workings.late === undefined ? null : (
          <Small
            text={`Просрочка ${plural(workings.late, ['день', 'дня', 'дней'])}, за первые 30 пени не берут`}
          />
        )}
        {workings.agrees ? null : (
          <span className="block text-warn">{`В квитанции пени ${formatMoney(row.penalty)}`}</span>
        )}
      </>
    )
  const rate = rateOn(rates, dayOfPeriod(period, 31))
  const part = rate === undefined ? 'ставки' : `ставки ${formatQuantity(rate)}\u00a0%`
  return (
    <Small
      text={`Пени за долг старше 30 дней: с 31-го дня по 1/300 ${part} за день, с 91-го по 1/130. Долг и дни расчётная система не указала.`}
    />
  )
}

function Small({ text }: { text: string | undefined }) {
  return text ? <span className="block">{text}</span> : null
}
