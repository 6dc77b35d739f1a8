import { formatDay } from '@/lib/units/day'
import { formatAmount, type Kopecks, kopecks } from '@/lib/units/money'
import { formatQuantity } from '@/lib/units/quantity'
import type { Bill } from './bill'
import { type Cell, INNER, type Look, type Sheets } from './bill-sheet'
import type { Statement } from './queries'
import { accrued, formatTariff, type Line } from './rules'
import { basisWords, countedIn, measure, unitWords } from './words'

interface Column {
  head: string
  width: number
  text: (line: Line) => string
  /** Of all services together. */
  total?: Kopecks
}

const GAP = 6

/** Расчёт размера платы: each service as volume × tariff, with what was added and taken off. */
export function writeServices(sheets: Sheets, { rows, total, accrued: all }: Statement): void {
  sheets.section('Раздел 3. Расчёт размера платы за содержание жилого помещения и коммунальные услуги')
  const amounts = (
    [
      ['Начислено', 'charged'],
      ['Перерасчёт', 'recalculated'],
      ['Льгота', 'benefit'],
      ['Пени', 'penalty'],
    ] as const
  ).filter(([, key]) => key === 'charged' || rows.some((row) => row[key] !== 0n))
  const columns: Column[] = [
    { head: 'Объём', width: 62, text: (line) => (line.volume === null ? '' : formatQuantity(line.volume)) },
    { head: 'Ед.', width: 34, text: (line) => unitWords(line.unit) },
    { head: 'Тариф', width: 54, text: (line) => (line.tariff === null ? '' : formatTariff(line.tariff)) },
    ...amounts.map(([head, key]) => ({
      head,
      width: 56,
      text: (line: Line) => formatAmount(line[key]),
      total: total[key],
    })),
    { head: 'Итого', width: 58, text: (line) => formatAmount(accrued(line)), total: all },
  ]
  const write = (name: string, text: (column: Column) => string, look: Look = {}) =>
    sheets.row(cellsOf(columns, name, text, look), { gap: 1 })
  const head = () => {
    write('Услуга', (column) => column.head, { soft: true, size: 7.5 })
    sheets.rule()
  }
  head()
  for (const row of rows) {
    if (sheets.room(28)) head()
    write(row.service, (column) => column.text(row))
    const basis = reckonedBy(row)
    if (basis) sheets.text(basis, { soft: true, size: 7.5, gap: 1 })
    sheets.y += 1.5
  }
  sheets.rule()
  write('Всего', ({ total }) => (total === undefined ? '' : formatAmount(total)), { bold: true })
  sheets.text('Тарифы и суммы — в рублях.', { soft: true, size: 7.5 })
}

/** The name takes what breadth the figures leave. */
function cellsOf(
  columns: readonly Column[],
  name: string,
  text: (column: Column) => string,
  look: Look,
): Cell[] {
  const figures = columns.reduce((sum, column) => sum + column.width, 0)
  let x = INNER.left + INNER.width - figures
  const cells: Cell[] = [{ ...look, text: name, x: INNER.left, width: x - INNER.left - GAP }]
  for (const column of columns) {
    const align = column.head === 'Ед.' ? 'left' : 'right'
    cells.push({ ...look, text: text(column), x: x + GAP, width: column.width - GAP, align })
    x += column.width
  }
  return cells
}

/** «по нормативу: 4,3 м³ на человека × 3 чел.». */
function reckonedBy(line: Line): string | undefined {
  if (!line.basis) return undefined
  const parts: string[] = [basisWords(line.basis)]
  const [each, units] = countedIn(line) === 'area' ? ['м²', 'м²'] : ['человека', 'чел.']
  if (line.norm !== null && line.basisCount !== null)
    parts.push(`: ${measure(line.norm, line.unit)} на ${each} × ${measure(line.basisCount, units)}`)
  if (line.chargedFrom) parts.push(`, начислено с ${formatDay(line.chargedFrom, { year: false })}`)
  return parts.join('')
}

/** Справочная информация: the readings behind the volumes, how a penalty was reckoned, payments on their way. */
export function writeInformation(sheets: Sheets, { statement, pending }: Bill): void {
  const readings = statement.rows.flatMap((row) =>
    (statement.evidence.get(row.serviceId)?.sources ?? []).map(({ title, dials, used }) => {
      const spent = used === undefined ? '' : `, расход ${formatQuantity(used)}`
      return `${title}: показания ${dials}${spent}.`
    }),
  )
  const paid = pending.map(
    ({ day, amount, place }) =>
      `Оплачено ${formatDay(day)}${place ? ` (${place})` : ''}: ${formatAmount(amount)} руб., в начислениях ещё не учтено.`,
  )
  // A meter of water stands behind its drainage too: it is told once.
  const lines = [...new Set(readings), ...statement.rows.flatMap(penaltyWords), ...paid]
  if (lines.length === 0) return
  sheets.section('Раздел 4. Справочная информация')
  for (const text of lines) sheets.text(text, { gap: 1 })
}

function penaltyWords({ penaltyBase, penaltyDays, penaltyRate, penalty, charged }: Line): string[] {
  if (penaltyBase === null || penaltyDays === null) return []
  const rate = penaltyRate === null ? '' : `, ставка ${formatQuantity(penaltyRate)} % годовых`
  const amount = formatAmount(penalty === 0n ? charged : penalty)
  return [
    `Пени ${amount} руб.: долг ${formatAmount(penaltyBase)} руб., дней просрочки — ${penaltyDays}${rate}.`,
  ]
}

/** Сведения о перерасчётах; left out when there are none. */
export function writeRecalculations(sheets: Sheets, { rows }: Statement): void {
  const changed = rows.filter((row) => row.recalculated !== 0n)
  if (changed.length === 0) return
  sheets.section('Раздел 5. Сведения о перерасчётах')
  for (const { service, recalculated } of changed)
    sheets.text(
      `${service}: ${recalculated > 0n ? 'доначислено' : 'уменьшено на'} ${formatAmount(recalculated < 0n ? kopecks(-recalculated) : recalculated)} руб.`,
      { gap: 1 },
    )
}
