import { Card } from '@/app/_ui/box'
import { type ChartColumn, MOST_SERIES, StackedChart } from '@/app/_ui/chart'
import { type ByService, fewServices } from '@/lib/ledger/year'
import { formatAmount, formatMoney, sumKopecks, ZERO } from '@/lib/units/money'
import { addMonths, formatMonth, formatPeriod, period } from '@/lib/units/period'

/** What every month of a year came to, by service; the same in a table beneath. */
export function YearGraph({ table, year }: { table: ByService; year: number }) {
  const services = fewServices(table, MOST_SERIES, 'Остальные услуги')
  const total = sumKopecks(table.totals)
  return (
    <Card>
      <h2>{`Начислено за ${year} год: ${formatMoney(total)}`}</h2>
      <div className="mt-4">
        <StackedChart
          id="year"
          title={`Начислено за ${year} год по месяцам и услугам`}
          description={descriptionOf(table)}
          series={services.map((service) => service.name)}
          columns={columnsOf(table, services, year)}
          tick={(value) => Math.round(value / 100).toLocaleString('ru-RU')}
        >
          <AsTable table={table} year={year} />
        </StackedChart>
      </div>
    </Card>
  )
}

/** Twelve columns, so that years can be laid side by side; months without a bill stay empty. */
function columnsOf(table: ByService, services: ByService['services'], year: number): ChartColumn[] {
  return Array.from({ length: 12 }, (_, number) => {
    const month = addMonths(period(`${year}-01`), number)
    const place = table.months.indexOf(month)
    const parts = services.map(({ name, amounts }) => {
      const amount = amounts[place] ?? ZERO
      return { value: Number(amount), text: `${name}, ${formatPeriod(month)}: ${formatMoney(amount)}` }
    })
    return { label: formatMonth(month).slice(0, 3), parts }
  })
}

/** «Больше всего за январь 2026, 9 812,36 ₽; меньше всего за июль 2026, 4 120,00 ₽.» */
function descriptionOf({ months, totals }: ByService): string {
  const ordered = months
    .map((month, place) => ({ month, total: totals[place] ?? ZERO }))
    .sort((a, b) => (a.total < b.total ? 1 : -1))
  const [most, least] = [ordered[0], ordered.at(-1)]
  if (!most || !least) return 'Начислений нет.'
  const words = (of: typeof most) => `за ${formatPeriod(of.month)}, ${formatMoney(of.total)}`
  return `Больше всего ${words(most)}; меньше всего ${words(least)}.`
}

/** Months across on a desk, in a box of its own; on a phone every service is a block with its months beneath each other. */
function AsTable({ table, year }: { table: ByService; year: number }) {
  const rows = [...table.services, { name: 'Всего', amounts: table.totals, total: sumKopecks(table.totals) }]
  return (
    <section
      aria-label={`Таблица за ${year} год`}
      tabIndex={0}
      className="mt-1 overflow-x-auto [&_tr:last-child]:font-semibold"
    >
      <table className="block w-full text-left text-[0.82em] wide:table">
        <caption className="sr-only">{`Начислено за ${year} год по услугам и месяцам, в рублях`}</caption>
        <thead className="sr-only text-soft wide:not-sr-only wide:table-header-group">
          <tr>
            <th scope="col" className="py-2 font-medium">
              Услуга
            </th>
            {table.months.map((month) => (
              <th key={month} scope="col" className="py-2 pl-2.5 text-right font-medium">
                {formatMonth(month)}
              </th>
            ))}
            <th scope="col" className="py-2 pl-2.5 text-right font-medium">
              за год
            </th>
          </tr>
        </thead>
        <tbody
          className={`block wide:table-row-group print:columns-3 print:gap-8 ${rowsOfServices} ${headsOfRows} ${amountsOfMonths}`}
        >
          {rows.map(({ name, amounts, total }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {table.months.map((month, place) => (
                <td key={month} data-label={formatMonth(month)}>
                  {formatAmount(amounts[place] ?? ZERO)}
                </td>
              ))}
              <td data-label="за год">{formatAmount(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

// Said once for all cells, not in each: there are more than a hundred.
const rowsOfServices =
  '[&_tr]:block [&_tr]:border-t [&_tr]:border-line [&_tr]:py-2 wide:[&_tr]:table-row print:[&_tr]:break-inside-avoid'
const headsOfRows =
  '[&_th]:block [&_th]:font-semibold wide:[&_th]:table-cell wide:[&_th]:py-2 wide:[&_th]:font-[inherit]'
const amountsOfMonths =
  '[&_td]:flex [&_td]:justify-between [&_td]:gap-4 [&_td]:py-0.5 [&_td]:before:text-soft [&_td]:before:content-[attr(data-label)] wide:[&_td]:table-cell wide:[&_td]:py-2 wide:[&_td]:pl-2.5 wide:[&_td]:text-right wide:[&_td]:whitespace-nowrap wide:[&_td]:before:content-none'
