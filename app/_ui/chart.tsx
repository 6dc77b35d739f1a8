import { scaleLinear } from 'd3-scale'
import type { ReactNode } from 'react'
import { type ChartColumn, Columns, extentOf, FOOT, fillOf, Hatch, HEIGHT, TOP } from './chart-columns'

export type { ChartColumn } from './chart-columns'

/** As many series as there are colours; a graph of more cannot be told apart. */
export const MOST_SERIES = 8

/**
 * Columns stacked by series, drawn on the server: widths in percent, so letters keep their size on every screen. Values
 * below zero hang under the line; pale columns behind compare with another time. `id` is unique on the page; `children` is
 * the same in a table, folded beneath.
 */
export function StackedChart({
  id,
  title,
  description,
  series,
  behind,
  columns,
  tick,
  children,
}: {
  id: string
  title: string
  description: string
  series: readonly string[]
  /** What the pale columns are. */
  behind?: string
  columns: readonly ChartColumn[]
  tick: (value: number) => string
  children: ReactNode
}) {
  return (
    <figure>
      <Plot id={id} title={title} description={description} columns={columns} tick={tick} />
      <Legend
        id={id}
        series={series}
        behind={behind}
        joined={columns.some(({ joins, behind }) => (joins ?? 0) + (behind?.joins ?? 0) > 0)}
      />
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
          <text key={value} x="56" y={Math.round(y(value))} dy="0.35em" textAnchor="end">
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
        <defs>
          <Hatch id={`${id}-hatch`} />
        </defs>
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
        <Columns columns={columns} y={y} hatch={`${id}-hatch`} />
      </svg>
    </div>
  )
}

/** The colours with their names; drawn, not painted as a background, so that paper has them too. */
function Legend({
  id,
  series,
  behind,
  joined,
}: {
  id: string
  series: readonly string[]
  behind: string | undefined
  joined: boolean
}) {
  return (
    <ul className="mt-2 flex flex-wrap gap-x-5 gap-y-1 text-[0.9em]">
      {series.map((name, place) => (
        <Sample key={name} name={name}>
          <rect width="14" height="14" rx="3" className={fillOf(place)} />
        </Sample>
      ))}
      {behind ? (
        <Sample name={behind}>
          <rect x="0.5" y="0.5" width="13" height="13" rx="3" className="fill-line stroke-edge" />
        </Sample>
      ) : null}
      {joined ? (
        <Sample name="Несколько месяцев вместе, в среднем за месяц">
          <rect width="14" height="14" rx="3" className={fillOf(0)} />
          <rect width="14" height="14" rx="3" fill={`url(#${id}-hatch)`} />
        </Sample>
      ) : null}
    </ul>
  )
}

function Sample({ name, children }: { name: string; children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      <svg width="14" height="14" aria-hidden="true" className="shrink-0">
        {children}
      </svg>
      {name}
    </li>
  )
}
