import type { CalendarDay } from '@/lib/units/day'
import { addMonths, monthsBetween, type Period, periodOf } from '@/lib/units/period'
import { add, fullTurn, type MeterValue, quantity, subtract } from '@/lib/units/quantity'
import type { Point } from './rules'

/** A value in force of one counter. */
export interface ReadPoint extends Point {
  register: number
  takenOn: CalendarDay
}

/** A meter and what it showed. `initial`: at its installation, T1 first, null where nobody told. */
export interface MeterLife {
  digitsBefore: number
  installedOn: CalendarDay
  removedOn: CalendarDay | null
  initial: readonly (MeterValue | null)[]
  points: readonly ReadPoint[]
}

/** What went through between two readings: of one month, or of several together when nobody read in between. */
export interface Use {
  from: Period
  /** The month of the later reading. */
  to: Period
  /** How many months from `from` to `to`: 1 where the meter was read every month. */
  months: number
  used: MeterValue
  /** The same by counter, T1 first; one figure where meters of one and of several counters met. */
  registers: readonly MeterValue[]
  /** More went through: a meter was not read when it was removed, or nobody told where the new one began. */
  partial: boolean
}

/**
 * The use of a line of meters, each in the place of the one before, the oldest month first; the meters and their points in
 * any order. Months between two readings are never divided; those in which an old and a new meter overlap are one. Use that
 * cannot be known (before the first reading of all, where a value fell) is left out, and none is ever negative.
 */
export function usesOf(line: readonly MeterLife[]): Use[] {
  const lives = [...line].sort((a, b) => (a.installedOn < b.installedOn ? -1 : 1))
  const steps = lives.flatMap((life, place) => stepsOf(life, lives[place - 1]))
  const known = steps.flatMap((step) => (step.used ? [{ ...step, used: step.used }] : []))
  const unknown = steps.filter((step) => !step.used && !step.isStart).map((step) => step.to)
  return groupsOf(known).map((group) => useOf(group, unknown))
}

interface Step<Used = readonly MeterValue[]> {
  /** The month before the first one it is of. */
  after: Period
  to: Period
  /** By counter. */
  used: Used
  partial: boolean
}

/** From each month every counter was read in to the next such month; the first one from the installation. */
function stepsOf(
  life: MeterLife,
  before: MeterLife | undefined,
): (Step<readonly MeterValue[] | undefined> & { isStart: boolean })[] {
  const months = wholeMonths(life)
  const runs = registersOf(life).map((register) => runOf(life, register))
  return months.map((to, place) => {
    const from = months[place - 1]
    const used = runs.map((run) =>
      sumOf(run.flatMap((one) => (one.to <= to && (!from || one.to > from) ? [one.used] : []))),
    )
    return {
      after: from ?? startOf(life, before, to),
      to,
      used: allKnown(used),
      partial: !from && before !== undefined && !isClosed(before, life),
      isStart: !from && before === undefined,
    }
  })
}

/** The months in which all counters that were ever read were read. */
function wholeMonths(life: MeterLife): Period[] {
  const count = registersOf(life).length
  const months = [...new Set(life.points.map((point) => point.period))].sort()
  return months.filter((month) => life.points.filter((point) => point.period === month).length === count)
}

function registersOf(life: MeterLife): number[] {
  return [...new Set(life.points.map((point) => point.register))].sort()
}

/** What went through one counter before each of its values; undefined where that cannot be known. */
function runOf(life: MeterLife, register: number): { to: Period; used: MeterValue | undefined }[] {
  const points = life.points.filter((point) => point.register === register)
  let previous = life.initial[register - 1] ?? undefined
  return points
    .sort((a, b) => (a.period < b.period ? -1 : 1))
    .map((point) => {
      const used = previous === undefined ? undefined : usedBetween(previous, point, life.digitsBefore)
      previous = point.value
      return { to: point.period, used }
    })
}

function usedBetween(
  previous: MeterValue,
  { value, rolledOver }: Point,
  digitsBefore: number,
): MeterValue | undefined {
  if (value >= previous) return subtract(value, previous)
  const used = subtract(add(value, fullTurn(digitsBefore)), previous)
  return rolledOver && used >= 0n ? used : undefined
}

/** The month before the one a meter began in, or the last month the one it replaced was read for, if that is later. */
function startOf(life: MeterLife, before: MeterLife | undefined, first: Period): Period {
  const installed = addMonths(periodOf(life.installedOn), -1)
  const read = before && wholeMonths(before).at(-1)
  const start = read && read > installed ? read : installed
  return start < first ? start : addMonths(first, -1)
}

/** Whether a replaced meter was read when it was taken off. */
function isClosed(meter: MeterLife, next: MeterLife): boolean {
  const end = meter.removedOn ?? next.installedOn
  return meter.points.some((point) => point.takenOn >= end)
}

/** Steps that overlap stand together. */
function groupsOf(steps: readonly Step[]): Step[][] {
  const groups: { to: Period; steps: Step[] }[] = []
  const ordered = [...steps].sort((a, b) =>
    a.after < b.after || (a.after === b.after && a.to < b.to) ? -1 : 1,
  )
  for (const step of ordered) {
    const last = groups.at(-1)
    if (last && step.after < last.to) {
      last.steps.push(step)
      if (step.to > last.to) last.to = step.to
    } else groups.push({ to: step.to, steps: [step] })
  }
  return groups.map((group) => group.steps)
}

function useOf(group: readonly Step[], unknown: readonly Period[]): Use {
  const [first] = group
  if (!first) throw new Error('a group without steps')
  const after = first.after
  const to =
    group
      .map((step) => step.to)
      .sort()
      .at(-1) ?? first.to
  const used = group.reduce((total, step) => add(total, totalOf(step.used)), NOTHING)
  const sameCounters = group.every((step) => step.used.length === first.used.length)
  return {
    from: addMonths(after, 1),
    to,
    months: monthsBetween(after, to),
    used,
    registers: sameCounters
      ? first.used.map((_, place) => totalOf(group.map((step) => step.used[place] ?? NOTHING)))
      : [used],
    partial: group.some((step) => step.partial) || unknown.some((month) => month > after && month <= to),
  }
}

const NOTHING = quantity('0')

function totalOf(values: readonly MeterValue[]): MeterValue {
  return values.reduce((total, value) => add(total, value), NOTHING)
}

function sumOf(values: readonly (MeterValue | undefined)[]): MeterValue | undefined {
  const known = allKnown(values)
  return known && totalOf(known)
}

function allKnown(values: readonly (MeterValue | undefined)[]): MeterValue[] | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === values.length ? known : undefined
}
