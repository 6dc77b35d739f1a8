import { formatDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { type WindowSettings, type WindowState, windowDaysOf, windowState } from './window'
import { windowKinds } from './windows-schema'
import { type MeterKind, meterTitle } from './words'

/** «за ноябрь 2026, с 15 по 25 ноября включительно; сейчас открыт» */
export function windowWords({ period, opensOn, closesOn, open }: WindowState): string {
  const days = `с ${formatDay(opensOn, { year: false })} по ${formatDay(closesOn, { year: false })} включительно`
  return `за ${formatPeriod(period)}, ${days}; сейчас ${open ? 'открыт' : 'закрыт'}`
}

/** What other settings would change about the window that stands now, kind by kind; kinds of one change together. */
export function windowChanges(before: WindowSettings, after: WindowSettings, now: Date): string[] {
  const changes = new Map<string, MeterKind[]>()
  for (const kind of windowKinds) {
    const words = changeOf(
      windowState(now, windowDaysOf(before, kind)),
      windowState(now, windowDaysOf(after, kind)),
    )
    if (words) changes.set(words, [...(changes.get(words) ?? []), kind])
  }
  return [...changes].map(([words, kinds]) => `${namesOf(kinds)}: ${words}`)
}

function changeOf(was: WindowState, becomes: WindowState): string | undefined {
  const [from, to] = [windowWords(was), windowWords(becomes)]
  if (from === to) return undefined
  return `приём ${to} (было: ${from}).${consequence(was, becomes)}`
}

function consequence(was: WindowState, becomes: WindowState): string {
  if (becomes.period > was.period && was.open)
    return ` Приём за ${formatPeriod(was.period)} закроется сразу: новые показания запишутся за ${formatPeriod(becomes.period)}.`
  if (becomes.period < was.period) return ` Приём за ${formatPeriod(becomes.period)} откроется снова.`
  if (becomes.open && becomes.closesOn !== was.closesOn)
    return ` Текущее окно закроется ${formatDay(becomes.closesOn, { year: false })}.`
  return ''
}

function namesOf(kinds: readonly MeterKind[]): string {
  if (kinds.length === windowKinds.length) return 'Все счётчики'
  const names = kinds.map((kind) => meterTitle(kind, '').toLowerCase()).join(', ')
  return names.charAt(0).toUpperCase() + names.slice(1)
}
