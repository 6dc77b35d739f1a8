import type { ReactNode } from 'react'
import { Badge, Card } from '@/app/_ui/box'
import type { MeterMonth, ShownValue } from '@/lib/readings/months'
import type { Use } from '@/lib/readings/use'
import { channelWords } from '@/lib/readings/words'
import { formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriodTitle } from '@/lib/units/period'
import { formatQuantity } from '@/lib/units/quantity'
import { plural } from '@/lib/units/text'

/** So many months stand open; older ones are folded. */
const RECENT = 24

/** Every value of a meter, the newest month first: what it showed, what was used, whose hand it came from and when. */
export function Values({ months, unit }: { months: readonly MeterMonth[]; unit: string }) {
  if (months.length === 0)
    return (
      <Card>
        <h2 className="mb-2">Показания</h2>
        <p className="text-soft">Показаний этого счётчика у нас ещё нет.</p>
      </Card>
    )
  const older = months.slice(RECENT)
  return (
    <Card className="grid gap-2">
      <h2>Показания</h2>
      <MonthsTable label="Показания по месяцам" months={months.slice(0, RECENT)} unit={unit} />
      {older.length > 0 ? (
        <details>
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
            {`Раньше: ещё ${plural(older.length, ['месяц', 'месяца', 'месяцев'])}`}
          </summary>
          <MonthsTable label="Показания прежних лет" months={older} unit={unit} />
        </details>
      ) : null}
    </Card>
  )
}

const heads = ['Месяц', 'Показание', 'Расход', 'Откуда', 'Снято', 'Получено']

/** A table on a desk; on a phone every month is a block with its facts beneath each other. */
function MonthsTable({
  label,
  months,
  unit,
}: {
  label: string
  months: readonly MeterMonth[]
  unit: string
}) {
  return (
    <table className="block w-full text-left wide:table">
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only text-soft wide:not-sr-only wide:table-header-group">
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className="py-2 pr-4 font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="block wide:table-row-group">
        {months.map((month) => (
          <MonthRow key={month.period} month={month} unit={unit} />
        ))}
      </tbody>
    </table>
  )
}

function MonthRow({ month: { period, values, earlier, use }, unit }: { month: MeterMonth; unit: string }) {
  return (
    <tr className="block border-t border-line py-2 align-top wide:table-row print:break-inside-avoid">
      <th scope="row" className="block font-semibold wide:table-cell wide:py-2 wide:pr-4 wide:font-medium">
        {formatPeriodTitle(period)}
        {earlier.length > 0 ? <Corrections earlier={earlier} /> : null}
      </th>
      <Cell label={heads[1]}>
        {values.map((value) => (
          <span key={value.register} className="block font-medium whitespace-nowrap">
            {value.name ? <span className="font-normal text-soft">{`${value.name} `}</span> : null}
            {value.dial} {value.rolledOver ? <Badge>через ноль</Badge> : null}
          </span>
        ))}
      </Cell>
      <Cell label={heads[2]}>{useWords(use, unit)}</Cell>
      <Cell label={heads[3]}>{once(values.map(sourceWords))}</Cell>
      <Cell label={heads[4]}>{once(values.map(takenWords))}</Cell>
      <Cell label={heads[5]}>{once(values.map((value) => formatInstant(value.receivedAt)))}</Cell>
    </tr>
  )
}

function Cell({ label, children }: { label: string | undefined; children: ReactNode }) {
  return (
    <td
      data-label={label}
      className="flex justify-between gap-4 py-0.5 text-right before:shrink-0 before:text-soft before:content-[attr(data-label)] wide:table-cell wide:py-2 wide:pr-4 wide:text-left wide:before:content-none"
    >
      <span>{children}</span>
    </td>
  )
}

/** What stood there before: a value is superseded, never lost. */
function Corrections({ earlier }: { earlier: readonly ShownValue[] }) {
  return (
    <details className="font-normal wide:max-w-60">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        {`Исправления: ${earlier.length}`}
      </summary>
      <ul className="grid gap-2 pb-2 text-[0.94em]">
        {earlier.map((value) => (
          <li key={`${value.register} ${value.receivedAt.toISOString()} ${value.dial}`}>
            {`Было ${value.name ? `${value.name.toLowerCase()} ` : ''}`}
            <span className="font-medium">{value.dial}</span>
            <span className="block text-soft">
              {`${sourceWords(value)}, ${formatInstant(value.receivedAt)}`}
              {value.supersededAt ? `; заменено ${formatInstant(value.supersededAt)}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function useWords(use: Use | undefined, unit: string): string {
  if (!use) return '—'
  const amount = `${formatQuantity(use.used)}\u00a0${unit}`
  return use.months === 1 ? amount : `${amount} за ${plural(use.months, ['месяц', 'месяца', 'месяцев'])}`
}

/** «личный кабинет, вы». */
function sourceWords({ channel, person }: ShownValue): string {
  return person ? `${channelWords(channel)}, ${person}` : channelWords(channel)
}

function takenWords({ takenOn, takenAt }: ShownValue): string {
  return takenAt ? formatInstant(takenAt) : formatDay(takenOn)
}

/** Counters are read together as a rule: the same is said once. */
function once(words: readonly string[]): string {
  return [...new Set(words)].join('; ')
}
