import { layouts } from './layouts'
import type { Profile } from './profile'

/** Which columns of a file a profile reads. `missing` and `doubled` name columns it cannot do without; `unused` is passed over. */
export interface Match {
  /** Field of the row → place of its cell, from 0. */
  positions: ReadonlyMap<string, number>
  missing: readonly string[]
  doubled: readonly string[]
  unused: readonly string[]
}

/** Looks the columns of a profile up in the heading of a file: in any order, under any of their names. */
export function matchHeading(profile: Profile, heading: readonly string[]): Match {
  const names = heading.map(folded)
  const positions = new Map<string, number>()
  const doubled: string[] = []
  for (const [field, accepted] of Object.entries(profile.columns)) {
    const places = placesOf(accepted, names)
    if (places[0] !== undefined) positions.set(field, places[0])
    if (places[1] !== undefined) doubled.push(heading[places[1]] ?? '')
  }
  const used = new Set(positions.values())
  return {
    positions,
    missing: missingColumns(profile, positions),
    doubled,
    unused: heading.filter(
      (name, place) => name !== '' && !used.has(place) && !doubled.includes(name) && !isNumbered(profile),
    ),
  }
}

function placesOf(accepted: string[] | number, names: readonly string[]): number[] {
  if (typeof accepted === 'number') return accepted <= names.length ? [accepted - 1] : []
  const wanted = new Set(accepted.map(folded))
  return names.flatMap((name, place) => (wanted.has(name) ? [place] : []))
}

/** Columns the profile names and no file may leave out, and columns without which there are no rows. */
function missingColumns(profile: Profile, positions: ReadonlyMap<string, number>): string[] {
  const { optional, required } = layouts[profile.kind]
  const given = (field: string) => positions.has(field) || field in profile.constants
  const expected = Object.keys(profile.columns).filter((field) => !given(field) && !(field in optional))
  const lacking = required.filter((anyOf) => !anyOf.some((field) => given(field)))
  const fields = lacking.map((anyOf) => anyOf.find((field) => field in profile.columns) ?? anyOf[0])
  return [...new Set([...expected, ...fields])].map((field) => columnName(profile, field ?? ''))
}

/** What a column is called: the first of its names in the profile, or its number. */
export function columnName(profile: Profile, field: string): string {
  const accepted = profile.columns[field]
  if (typeof accepted === 'number') return `Столбец ${accepted}`
  return accepted?.[0] ?? ''
}

/** Whether the profile tells columns by their numbers, so that others are none of its business. */
function isNumbered(profile: Profile): boolean {
  return profile.headerLines === 0
}

/** Case, spaces and ё do not count; nor does a Cyrillic Т in «Т1». */
export function folded(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/g, ' ')
    .replace(/т(?=\d)/g, 't')
    .replace(/[\s:*]+$/, '')
    .trim()
}

/** A heading without the empty cells some programs leave at its end. */
export function withoutBlankEnd(heading: readonly string[]): string[] {
  return heading.slice(0, heading.findLastIndex((name) => name !== '') + 1)
}
