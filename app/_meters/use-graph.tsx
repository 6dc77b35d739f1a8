import { Card } from '@/app/_ui/box'
import { StackedChart } from '@/app/_ui/chart'
import type { MeterHistory, Similar } from '@/lib/readings/history'
import type { Use } from '@/lib/readings/use'
import { registerName, telling, unitOf } from '@/lib/readings/words'
import { formatMonth, formatPeriod } from '@/lib/units/period'
import { formatQuantity, toDecimal } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'
import { amountWords, columnsOf, type Measure, monthsWords, seriesOf, yearBefore } from './use-columns'

/** What went through a meter and those before it, month by month, last year's behind; the same in a table beneath. */
export function UseGraph({
  history: { meter, uses, similar },
  here,
}: {
  history: MeterHistory
  /** How the flat is called: «у вас». */
  here: string
}) {
  const measure = { unit: unitOf(meter.kind), decimals: telling(meter.kind) }
  const columns = columnsOf(uses, meter.registers, measure)
  return (
    <Card>
      <h2>{`Расход по месяцам, ${measure.unit}`}</h2>
      {columns.length === 0 ? (
        <p className="mt-2 text-soft">График появится, когда будут показания хотя бы за два месяца.</p>
      ) : (
        <div className="mt-4">
          <StackedChart
            id="use"
            title={`${meter.title}: расход по месяцам, ${measure.unit}`}
            description={descriptionOf(uses, measure)}
            series={seriesOf(uses, meter.registers)}
            {...(columns.some((column) => column.behind) ? { behind: 'Годом раньше' } : {})}
            columns={columns}
            tick={(value) => value.toLocaleString('ru-RU')}
          >
            <AsTable uses={uses} registers={meter.registers} title={meter.title} unit={measure.unit} />
          </StackedChart>
        </div>
      )}
      {similar ? <SimilarFlats similar={similar} measure={measure} here={here} /> : null}
    </Card>
  )
}

/** «В похожих квартирах (2 жильца) за октябрь в среднем 5,8 м³, у вас 6,4 м³.» */
function SimilarFlats({
  similar: { period, residents, average, own, meters },
  measure,
  here,
}: {
  similar: Similar
  measure: Measure
  here: string
}) {
  const people = plural(residents, ['жилец', 'жильца', 'жильцов'])
  return (
    <p className="mt-3">
      {`В похожих квартирах (${people}) за ${formatMonth(period)} в среднем ${amountWords(average, measure)}, ${here} `}
      <b className="font-semibold">{amountWords(own, measure)}</b>
      {meters > 1 ? ` по ${meters} счётчикам вместе.` : '.'}
    </p>
  )
}

/** «Больше всего за январь 2026, 9,1 м³; меньше всего за июль 2026, 4,0 м³.» */
function descriptionOf(uses: readonly Use[], measure: Measure): string {
  const ordered = uses
    .filter((use) => use.months === 1)
    .slice(-12)
    .sort((a, b) => (a.used < b.used ? 1 : -1))
  const [most, least] = [ordered[0], ordered.at(-1)]
  const words = (of: Use) => `за ${formatPeriod(of.to)}, ${amountWords(of.used, measure)}`
  if (!most || !least) return 'Все цифры в таблице ниже.'
  return most === least
    ? `Расход ${words(most)}.`
    : `Больше всего ${words(most)}; меньше всего ${words(least)}.`
}

function AsTable({
  uses,
  registers,
  title,
  unit,
}: {
  uses: readonly Use[]
  registers: number
  title: string
  unit: string
}) {
  const counters = registers > 1 ? Array.from({ length: registers }, (_, place) => place) : []
  const heads = [
    'Месяц',
    ...counters.map((place) => registerName(place + 1, registers) ?? ''),
    'Всего',
    'Годом раньше',
  ]
  return (
    <section aria-label="Таблица расхода" tabIndex={0} className="mt-1 overflow-x-auto">
      <table className="w-full text-left text-[0.9em]">
        <caption className="sr-only">{`${title}: расход, ${unit}`}</caption>
        <thead className="text-soft">
          <tr>
            {heads.map((head, place) => (
              <th key={head} scope="col" className={`py-2 font-medium ${place > 0 ? 'pl-3 text-right' : ''}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {uses.toReversed().map((use) => (
            <tr key={use.to} className="border-t border-line">
              <th scope="row" className="py-2 font-medium first-letter:uppercase">
                {monthsWords(use)}
                {use.partial ? (
                  <span className="block font-normal text-soft">не весь расход: счётчик меняли</span>
                ) : null}
              </th>
              {counters.map((place) => (
                <Amount
                  key={place}
                  amount={use.registers.length === registers ? use.registers[place] : undefined}
                />
              ))}
              <Amount amount={use.used} />
              <Amount amount={yearBefore(uses, use)?.used} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Amount({ amount }: { amount: Use['used'] | undefined }) {
  return (
    <td
      className="py-2 pl-3 text-right whitespace-nowrap"
      data-value={amount === undefined ? undefined : toDecimal(amount)}
    >
      {amount === undefined ? '—' : formatQuantity(amount)}
    </td>
  )
}
