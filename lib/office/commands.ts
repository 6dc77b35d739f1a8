import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { invalid, ok, type Result, refused, Shown } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { changeSettings, lockSettings } from '@/lib/settings/commands'
import { readSettings } from '@/lib/settings/queries'
import type { Requisites, Settings } from '@/lib/settings/schema'
import { type CalendarDay, formatDay, moscowDay } from '@/lib/units/day'
import { readCalendar } from './calendar-xml'
import { codeWords } from './code-preview'
import type { Change } from './schema'
import { fieldLabels, type SectionName, sections } from './sections'

/**
 * Changes a section of the settings. Refused `changed`: a colleague has changed it since the page was made; the refusal
 * says what is there now, and the same form sent again is taken.
 */
export function saveSection(
  staff: Staff,
  section: SectionName,
  { seen, change }: Change,
): Promise<Result<undefined, 'changed'>> {
  return withSettings(async (tx, now) => {
    const meanwhile = changedMeanwhile(section, seen, now)
    if (meanwhile) return meanwhile
    if (!isDeepStrictEqual(now, { ...now, ...change })) await changeSettings(tx, staff, change)
    return ok()
  })
}

/**
 * «Реквизиты»: what a payment code will say is shown first, and saved once said yes to. `saved` is whether they are as asked
 * now. Refused `changed` as in `saveSection`; invalid when no payment code can carry them.
 */
export function saveRequisites(
  staff: Staff,
  input: { seen: string; confirmed: string; requisites: Requisites | null },
): Promise<Result<Shown | 'saved', 'changed'>> {
  const { seen, confirmed, requisites } = input
  return withSettings(async (tx, now) => {
    const meanwhile = changedMeanwhile('requisites', seen, now)
    if (meanwhile) return meanwhile
    if (isDeepStrictEqual(now.requisites, requisites)) return ok('saved' as const)
    const words = codeWords(requisites)
    if (words.status === 'refused') return invalid({ name: `QR-код не получится: ${words.message}` })
    if (words.status === 'invalid') return words
    const mark = JSON.stringify(requisites)
    if (confirmed !== mark) {
      const typed = sections.requisites.toForm({ ...now, requisites })
      return ok(new Shown({ ...typed, seen, confirmed: mark, words: words.value }))
    }
    await changeSettings(tx, staff, { requisites })
    return ok('saved' as const)
  })
}

/** What a colleague has changed in a section since its form was made, as a refusal; undefined for nothing. */
function changedMeanwhile(section: SectionName, seen: string, settings: Settings) {
  const is: Record<string, string> = sections[section].toForm(settings)
  const was = fieldsSeen(seen)
  const names = [...new Set([...Object.keys(is), ...Object.keys(was)])].filter(
    (name) => was[name] !== is[name],
  )
  if (names.length === 0) return undefined
  const labels: Record<string, string> = fieldLabels[section]
  const now = names.map((name) => `«${labels[name] ?? name}» — ${shown(is[name])}`)
  return refused(
    'changed' as const,
    `Пока вы правили, эти настройки изменил кто-то ещё. Теперь там: ${now.join('; ')}. То, что ввели вы, осталось в полях: нажмите кнопку ещё раз, чтобы записать своё.`,
    { seen: JSON.stringify(is) },
  )
}

function shown(value: string | undefined): string {
  if (value === 'on') return 'да'
  return value ? value.replaceAll('\n', ', ').slice(0, 200) : 'пусто'
}

const storedFields = z.record(z.string(), z.string())

function fieldsSeen(seen: string): Record<string, string> {
  try {
    return storedFields.parse(JSON.parse(seen))
  } catch {
    return {}
  }
}

/** «Добавить ставку»; past rows stay as they are. Invalid when a rate begins on that day already. */
export function addRate(
  staff: Staff,
  rate: { from: CalendarDay; percent: string },
): Promise<Result<undefined, never>> {
  return withSettings(async (tx, { penaltyRates }) => {
    if (penaltyRates.some(({ from }) => from === rate.from))
      return invalid({ from: 'С этого дня ставка уже есть. Уберите её, если она ещё не действует' })
    const rates = [...penaltyRates, rate].toSorted((a, b) => a.from.localeCompare(b.from))
    await changeSettings(tx, staff, { penaltyRates: rates })
    return ok()
  })
}

/** «Убрать» a rate that is not in force yet; one already gone is no trouble. Refused `past`: by it money was reckoned. */
export function removeRate(staff: Staff, from: CalendarDay, now: Date): Promise<Result<undefined, 'past'>> {
  return withSettings(async (tx, { penaltyRates }) => {
    if (from <= moscowDay(now))
      return refused('past', `Ставка действует с ${formatDay(from)}: её уже не убрать.`)
    const rest = penaltyRates.filter((rate) => rate.from !== from)
    if (rest.length < penaltyRates.length) await changeSettings(tx, staff, { penaltyRates: rest })
    return ok()
  })
}

/** Loads the production calendar of a year from a file or from what was pasted. Invalid at `text` with the line and the reason. */
export async function loadCalendar(
  staff: Staff,
  { text, file }: { text: string; file?: File | undefined },
): Promise<Result<{ year: number }, never>> {
  if (file && file.size > LARGEST_FILE)
    return invalid({ file: 'Файл слишком велик для календаря одного года' })
  const read = readCalendar(file ? await file.text() : text)
  if (read.status !== 'ok') return read
  const { year, ...days } = read.value
  return withSettings(async (tx, { calendars }) => {
    await changeSettings(tx, staff, { calendars: { ...calendars, [year]: days } })
    return ok({ year })
  })
}

const LARGEST_FILE = 200_000

/** Nobody else changes the settings meanwhile; this process goes by the new ones at once. */
async function withSettings<T>(work: (tx: Tx, settings: Settings) => Promise<T>): Promise<T> {
  const result = await db().transaction(async (tx) => {
    await lockSettings(tx)
    return work(tx, await readSettings(tx))
  })
  await readSettings(db())
  return result
}
