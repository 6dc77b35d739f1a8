import { scaleBand, scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'

/** One column of a graph: what stands under it (its first letter, on a phone) and, per series, how high its part is and what it says when pointed at. */
export interface ChartColumn {
  label: string
  parts: readonly { value: number; text: string }[]
}

/** As many series as there are colours; a graph of more cannot be told apart. */
export const MOST_SERIES = 8

const fills = [
  'fill-series-1',
  'fill-series-2',
  'fill-series-3',
  'fill-series-4',
  'fill-series-5',
  'fill-series-6',
  'fill-series-7',
  'fill-series-8',
] as const
const HEIGHT = 250
const TOP = 12
const FOOT = 26

/**
 * Columns stacked by series, drawn on the server: widths in percent, so letters keep their size on every screen. Values
 * below zero hang under the line. `id` is unique on the page; `children` is the same in a table, folded beneath.
 */
export function StackedChart({
  id,
  title,
  description,
  series,
  columns,
  tick,
  children,
}: {
  id: string
  title: string
  description: string
  series: readonly string[]
  columns: readonly ChartColumn[]
  tick: (value: number) => string
  children: ReactNode
}) {
  return (
    <figure>
      <Plot id={id} title={title} description={description} columns={columns} tick={tick} />
      <Legend series={series} />
      <details className="print-open mt-2">
        <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
          Показать таблицей
        </summary>
        {children}
      </details>
    </figure>
  )
}

function Plot({
  id,
  title,
  description,
  columns,
  tick,
}: {
  id: string
  title: string
  description: string
  columns: readonly ChartColumn[]
  tick: (value: number) => string
}) {
  const y = scaleLinear()
    .domain(extentOf(columns))
    .nice(4)
    .range([HEIGHT - FOOT, TOP])
  const ticks = y.ticks(4)
  return (
    <div className="flex gap-2">
      <svg width="56" height={HEIGHT} aria-hidden="true" className="shrink-0 fill-soft text-[0.75rem]">
        {ticks.map((value) => (
          <text key={value} x="56" y={y(value)} dy="0.35em" textAnchor="end">
            {tick(value)}
          </text>
        ))}
      </svg>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-description`}
        height={HEIGHT}
        className="w-0 flex-1 text-[0.75rem]"
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-description`}>{description}</desc>
        {ticks.map((value) => (
          <line
            key={value}
            x1="0"
            x2="100%"
            y1={y(value)}
            y2={y(value)}
            className={value === 0 ? 'stroke-edge' : 'stroke-line'}
          />
        ))}
        <Columns columns={columns} y={y} />
      </svg>
    </div>
  )
}

function Columns({ columns, y }: { columns: readonly ChartColumn[]; y: (value: number) => number }) {
  const x = scaleBand<number>()
    .domain(columns.map((_, place) => place))
    .range([0, 100])
    .paddingInner(0.32)
    .paddingOuter(0.16)
  return columns.map(({ label, parts }, place) => {
    const left = x(place) ?? 0
    return (
      <g key={label}>
        {stacked(parts).map(({ from, to, text, series }) => (
          <rect
            key={series}
            x={`${left}%`}
            width={`${x.bandwidth()}%`}
            y={y(Math.max(from, to))}
            height={Math.max(y(Math.min(from, to)) - y(Math.max(from, to)), 0.5)}
            className={`${fills[series % fills.length]} stroke-card`}
            strokeWidth="1"
          >
            <title>{text}</title>
          </rect>
        ))}
        <g textAnchor="middle" className="fill-soft">
          <text x={`${left + x.bandwidth() / 2}%`} y={HEIGHT - 8} className="wide:hidden">
            {label.charAt(0)}
          </text>
          <text x={`${left + x.bandwidth() / 2}%`} y={HEIGHT - 8} className="hidden wide:inline">
            {label}
          </text>
        </g>
      </g>
    )
  })
}

/** The colours with their names; drawn, not painted as a background, so that paper has them too. */
function Legend({ series }: { series: readonly string[] }) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[0.9em]">
      {series.map((name, place) => (
        <li key={name} className="flex items-center gap-2">
          <svg width="14" height="14" aria-hidden="true" className="shrink-0">
            <rect width="14" height="14" rx="3" className={fills[place % fills.length]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  )
}

/** From where to where each part of a column reaches: what is above zero grows up from it, what is below hangs down. */
function stacked(parts: ChartColumn['parts']) {
  let [up, down] = [0, 0]
  return parts.flatMap(({ value, text }, series) => {
    if (value === 0) return []
    const from = value > 0 ? up : down
    if (value > 0) up += value
    else down += value
    return [{ from, to: from + value, text, series }]
  })
}

function extentOf(columns: readonly ChartColumn[]): [number, number] {
  const ends = columns.flatMap(({ parts }) => stacked(parts).map(({ to }) => to))
  return [Math.min(0, ...ends), Math.max(0, ...ends) || 1]
}
