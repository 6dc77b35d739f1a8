import { type ImportKind, importKinds } from './schema'

/** What the first line of a file says it is. `missing` and `doubled` name columns; `unused` is ignored. */
export interface Recognised {
  kind: ImportKind
  /** Field → number of its cell. */
  positions: ReadonlyMap<string, number>
  missing: readonly string[]
  doubled: readonly string[]
  unused: readonly string[]
}

/**
 * Recognises a file by its header: the kind most of whose columns are there, in any order.
 * Undefined when no kind has at least half of its columns there.
 */
export function recognise(
  header: readonly string[],
  columnsOf: Readonly<Record<ImportKind, { columns: Readonly<Record<string, string>> }>>,
): Recognised | undefined {
  const headings = header.map(folded)
  const candidates = importKinds.map((kind) => match(kind, headings, header, columnsOf[kind].columns))
  const best = candidates.toSorted((a, b) => share(b) - share(a))[0]
  return best && share(best) >= 0.5 ? best : undefined
}

function match(
  kind: ImportKind,
  headings: readonly string[],
  header: readonly string[],
  columns: Readonly<Record<string, string>>,
): Recognised {
  const known = new Set(Object.values(columns).map(folded))
  const found = Object.entries(columns).map(
    ([field, name]) => [field, headings.indexOf(folded(name))] as const,
  )
  return {
    kind,
    positions: new Map(found.filter(([, position]) => position >= 0)),
    missing: Object.values(columns).filter((name) => !headings.includes(folded(name))),
    doubled: header.filter((_, place) => headings.indexOf(headings[place] ?? '') !== place),
    unused: header.filter((name) => !known.has(folded(name))),
  }
}

function share({ positions, missing }: Recognised): number {
  return positions.size / (positions.size + missing.length)
}

/** Case, spaces and ё do not count; nor does a Cyrillic Т in «Т1». */
function folded(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/\s+/g, ' ')
    .replace(/т(?=\d)/g, 't')
    .trim()
}
