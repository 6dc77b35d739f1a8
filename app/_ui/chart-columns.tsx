import { scaleBand } from 'd3-scale'

interface Part {
  value: number
  text: string
}

/**
 * One column of a graph: what stands under it (its first letter, on a phone) and, per series, how high its part is and what
 * it says when pointed at.
 */
export interface ChartColumn {
  label: string
  parts: readonly Part[]
  /** The column and so many before it are one bar, hatched: their value is known together only. */
  joins?: number
  /** A pale bar behind, to compare with. */
  behind?: Part & { joins?: number }
}

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
export const HEIGHT = 250
export const TOP = 12
export const FOOT = 26

/** The colour of a series. */
export function fillOf(series: number): string {
  return fills[series % fills.length] ?? fills[0]
}

/** The bars of a graph with what stands under them, widths in percent. `hatch`: the id of the pattern of joined bars. */
export function Columns({
  columns,
  y,
  hatch,
}: {
  columns: readonly ChartColumn[]
  y: (value: number) => number
  hatch: string
}) {
  const compares = columns.some((column) => column.behind)
  const x = scaleBand<number>()
    .domain(columns.map((_, place) => place))
    .range([0, 100])
    .paddingInner(compares ? 0.16 : 0.32)
    .paddingOuter(compares ? 0.08 : 0.16)
  const barOf = (place: number, joins = 0, inset = 0) => {
    const left = (x(Math.max(place - joins, 0)) ?? 0) + inset
    return { x: short(left), width: short((x(place) ?? 0) + x.bandwidth() - inset - left) }
  }
  const inset = compares ? x.bandwidth() * 0.2 : 0
  return (
    <>
      {columns.map(({ label, behind }, place) =>
        behind ? (
          <Behind
            key={label}
            bar={barOf(place, behind.joins)}
            part={behind}
            y={y}
            hatch={behind.joins ? hatch : undefined}
          />
        ) : null,
      )}
      {columns.map(({ label, parts, joins }, place) => (
        <g key={label}>
          <g className="stroke-card">
            <Bar bar={barOf(place, joins, inset)} parts={parts} y={y} hatch={joins ? hatch : undefined} />
          </g>
          <Label text={label} centre={short((x(place) ?? 0) + x.bandwidth() / 2)} />
        </g>
      ))}
    </>
  )
}

/** Places on the drawing to a hundredth: nobody sees more, and every bar says four of them. */
function short(length: number): number {
  return Math.round(length * 100) / 100
}

interface Span {
  x: number
  width: number
}

function Behind({
  bar,
  part,
  y,
  hatch,
}: {
  bar: Span
  part: Part
  y: (value: number) => number
  hatch: string | undefined
}) {
  const shape = {
    x: `${bar.x}%`,
    width: `${bar.width}%`,
    y: short(y(part.value)),
    height: short(Math.max(y(0) - y(part.value), 0.5)),
  }
  return (
    <g>
      <rect {...shape} className="fill-line stroke-edge" strokeWidth="1">
        <title>{part.text}</title>
      </rect>
      {hatch ? <rect {...shape} fill={`url(#${hatch})`} pointerEvents="none" /> : null}
    </g>
  )
}

function Bar({
  bar,
  parts,
  y,
  hatch,
}: {
  bar: Span
  parts: readonly Part[]
  y: (value: number) => number
  hatch: string | undefined
}) {
  return stacked(parts).map(({ from, to, text, series }) => {
    const shape = {
      x: `${bar.x}%`,
      width: `${bar.width}%`,
      y: short(y(Math.max(from, to))),
      height: short(Math.max(y(Math.min(from, to)) - y(Math.max(from, to)), 0.5)),
    }
    const colour = (
      <rect key={series} {...shape} className={fillOf(series)}>
        <title>{text}</title>
      </rect>
    )
    if (!hatch) return colour
    return [
      colour,
      <rect key={`${series}-hatch`} {...shape} stroke="none" fill={`url(#${hatch})`} pointerEvents="none" />,
    ]
  })
}

function Label({ text, centre }: { text: string; centre: number }) {
  return (
    <g textAnchor="middle" className="fill-soft">
      <text x={`${centre}%`} y={HEIGHT - 8} className="wide:hidden">
        {text.charAt(0)}
      </text>
      <text x={`${centre}%`} y={HEIGHT - 8} className="hidden wide:inline">
        {text}
      </text>
    </g>
  )
}

/** Light stripes over a colour: what is not known month by month. */
export function Hatch({ id }: { id: string }) {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="4" height="8" className="fill-card" />
    </pattern>
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

/** The lowest and the highest anything reaches. */
export function extentOf(columns: readonly ChartColumn[]): [number, number] {
  const ends = columns.flatMap(({ parts, behind }) => [
    ...stacked(parts).map(({ to }) => to),
    behind?.value ?? 0,
  ])
  return [Math.min(0, ...ends), Math.max(0, ...ends) || 1]
}
