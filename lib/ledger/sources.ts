import type { Period } from '@/lib/units/period'
import { add, formatDial, fullTurn, type MeterValue, subtract } from '@/lib/units/quantity'
import type { Line } from './rules'
import { unitWords } from './words'

type Kind = 'cold_water' | 'hot_water' | 'electricity' | 'heat' | 'gas'

/** A value in force of one counter of a meter. */
export interface MeterPoint {
  meterId: number
  kind: Kind
  /** «Холодная вода, кухня», with the counter's name where there are several. */
  title: string
  /** What the meter counts in. */
  unit: string
  register: number
  digitsBefore: number
  digitsAfter: number
  period: Period
  value: MeterValue
  rolledOver: boolean
  /** What it showed when it was installed; null where nobody told. */
  initial: MeterValue | null
}

/** What one counter says about a month: its reading, the one before it and what went through between. */
export interface Source {
  title: string
  /** «315,204 → 321,600»; the reading alone when there is none before it. */
  dials: string
  used: MeterValue | undefined
}

// The first that fits decides: services of the whole house, and a raising coefficient, name a resource
// and have no meter of the flat behind them.
const kindsByName: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/СОИ|ОДН|[Оо]бщедом|[Сс]одержани|[Пп]овышающ/, []],
  [/водоотвед|канализ|сточн/i, ['cold_water', 'hot_water']],
  [/горяч|ГВС/i, ['hot_water']],
  [/холодн|ХВС/i, ['cold_water']],
  [/отоплени|теплоснаб/i, ['heat']],
  [/электр/i, ['electricity']],
  [/газоснаб|^газ/i, ['gas']],
]

// T1–T3 as Russian meters number them.
const registersByName: readonly (readonly [RegExp, number])[] = [
  [/полупик/i, 3],
  [/ноч/i, 2],
  [/день|дневн|пик/i, 1],
]

/** Kinds of meters a service is reckoned by, and the one counter of them where the name tells it. */
export function metersBehind(service: string): { kinds: readonly Kind[]; register: number | undefined } {
  const kinds = kindsByName.find(([pattern]) => pattern.test(service))?.[1] ?? []
  const register = kinds.includes('electricity')
    ? registersByName.find(([pattern]) => pattern.test(service))?.[1]
    : undefined
  return { kinds, register }
}

/** The readings a charge came from; `differs` when together they tell another volume than billing took. */
export interface Evidence {
  sources: Source[]
  differs: MeterValue | undefined
}

/**
 * The readings of a month behind a charge, one line per counter, each with the reading before it, of a new meter with what
 * it began with: a month in which a meter was replaced has the line of both. None when nobody read
 * the meters, or billing did not go by them: where it does not say what it went by, they stand only if they tell its very volume.
 */
export function evidenceOf(line: Evident, period: Period, points: readonly MeterPoint[]): Evidence {
  const { kinds, register } = metersBehind(line.service)
  const fitting = points.filter(
    (point) => kinds.includes(point.kind) && (register === undefined || point.register === register),
  )
  const read = fitting.filter((point) => point.period === period)
  const sources = read.map((point) =>
    source(point, latestBefore(fitting, point)?.value ?? point.initial ?? undefined),
  )
  const used = usedTogether(sources)
  const same = read.every((point) => point.unit === unitWords(line.unit))
  if (line.basis === null)
    return same && used !== undefined && used === line.volume ? { sources, differs: undefined } : NONE
  if (line.basis !== 'meter') return NONE
  return { sources, differs: same && used !== line.volume ? used : undefined }
}

type Evident = Pick<Line, 'service' | 'unit' | 'volume' | 'basis'>
const NONE: Evidence = { sources: [], differs: undefined }

function latestBefore(points: readonly MeterPoint[], of: MeterPoint): MeterPoint | undefined {
  return points
    .filter(
      (point) => point.meterId === of.meterId && point.register === of.register && point.period < of.period,
    )
    .sort((a, b) => (a.period < b.period ? 1 : -1))[0]
}

function source(point: MeterPoint, before: MeterValue | undefined): Source {
  const { title, value, digitsBefore, digitsAfter, rolledOver } = point
  const to = formatDial(value, 1, digitsAfter)
  if (before === undefined) return { title, dials: to, used: undefined }
  const passed = rolledOver ? add(value, fullTurn(digitsBefore)) : value
  return {
    title,
    dials: `${formatDial(before, 1, digitsAfter)}\u00a0→ ${to}`,
    used: subtract(passed, before),
  }
}

/** What all counters say together; undefined when there is none, or one of them had no reading before. */
export function usedTogether(sources: readonly Source[]): MeterValue | undefined {
  let total: MeterValue | undefined
  for (const { used } of sources) {
    if (used === undefined) return undefined
    total = total === undefined ? used : add(total, used)
  }
  return total
}
