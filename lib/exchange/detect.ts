import { sampleOf } from './files/encoding'
import { readLines } from './files/read'
import { fileTypeOf, firstRows, likelyForms, type Wanted } from './files/sniff'
import {
  BrokenFileError,
  type Delimiter,
  type Encoding,
  type FileForm,
  type FileSource,
  type FileType,
} from './files/source'
import { matchHeading, withoutBlankEnd } from './header'
import { layouts } from './layouts'
import type { Profile } from './profile'
import { builtInProfiles } from './profiles/built-in'

const PREVIEW = 20
/** A profile that lacks columns is still meant when this part of them is there, and so many. */
const LEAST_SHARE = 0.5
const LEAST_COLUMNS = 4

/** What a file is, as far as it can be told without reading all of it. */
export interface Detected extends FileForm {
  /** The profile that fits best, its names of columns being in the line they were found in. */
  profile: Profile | undefined
  /** The first rows as they stand, at most 20. */
  rows: string[][]
  /** Why it cannot be read, in words for staff. */
  problem: string | null
}

/** What staff know better. */
export interface Overrides {
  encoding?: Encoding
  delimiter?: Delimiter
  /** The profiles to choose from; the built-in ones when left out. */
  profiles?: readonly Profile[]
}

/** Finds out how a file is written and what it holds, by its content and not by its name. */
export async function detectFile(source: FileSource, overrides: Overrides = {}): Promise<Detected> {
  const { encoding = 'auto', delimiter = 'auto', profiles = builtInProfiles } = overrides
  try {
    const found = await detect(source, { encoding, delimiter }, profiles)
    return { ...found.form, profile: found.fit?.profile, rows: found.rows, problem: null }
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error
    const form: FileForm = {
      type: 'csv',
      encoding: overrides.encoding ?? 'utf-8',
      delimiter: overrides.delimiter ?? ';',
    }
    return { ...form, profile: undefined, rows: [], problem: error.reason }
  }
}

const TYPE_NAMES: Readonly<Record<FileType, string>> = { csv: 'CSV', dbf: 'DBF', xlsx: 'XLSX' }

/** How a file is written that is to be read by that profile. @throws BrokenFileError when the profile is for others */
export async function formOf(source: FileSource, profile: Profile): Promise<FileForm> {
  const { type, forms } = await formsOf(source, profile)
  if (profile.type !== 'any' && profile.type !== type)
    throw new BrokenFileError(0, `Это файл ${TYPE_NAMES[type]}, а профиль — для ${TYPE_NAMES[profile.type]}`)
  const [only, ...others] = forms
  return only && others.length === 0 ? only : (await detect(source, profile, [profile])).form
}

async function formsOf(source: FileSource, wanted: Wanted) {
  const sample = await sampleOf(source)
  const type = fileTypeOf(sample.head)
  return { sample, type, forms: likelyForms(type, sample, wanted) }
}

interface Found {
  form: FileForm
  rows: string[][]
  fit: Fit | undefined
}

/** Of the ways the file may be written, the one in which a profile finds all its columns, or else the likeliest. */
async function detect(source: FileSource, wanted: Wanted, profiles: readonly Profile[]): Promise<Found> {
  const { sample, type, forms } = await formsOf(source, wanted)
  let best: Found | undefined
  for (const form of forms) {
    const rows = type === 'csv' ? firstRows(sample.head, form) : await previewOf(source, form)
    const found = { form, rows, fit: bestFit(rows, profiles, type) }
    if (found.fit?.complete) return found
    if (!best || (found.fit?.share ?? 0) > (best.fit?.share ?? 0)) best = found
  }
  if (!best) throw new BrokenFileError(0, 'Файл не читается')
  return best
}

async function previewOf(source: FileSource, form: FileForm): Promise<string[][]> {
  for await (const lines of readLines(source, form)) return lines.slice(0, PREVIEW).map(({ cells }) => cells)
  return []
}

interface Fit {
  profile: Profile
  complete: boolean
  /** Part of the columns the file should have that it has. */
  share: number
  columns: number
}

function bestFit(rows: readonly string[][], profiles: readonly Profile[], type: FileType): Fit | undefined {
  const fits = profiles
    .filter((profile) => profile.headerLines > 0 && (profile.type === 'any' || profile.type === type))
    .flatMap((profile) => rows.map((row, place) => fitOf(profile, row, place)))
    .filter(({ complete, columns, share }) => complete || (share >= LEAST_SHARE && columns >= LEAST_COLUMNS))
  return fits.toSorted(
    (a, b) => Number(b.complete) - Number(a.complete) || b.columns - a.columns || b.share - a.share,
  )[0]
}

function fitOf(profile: Profile, row: readonly string[], place: number): Fit {
  const { positions, missing, doubled } = matchHeading(profile, withoutBlankEnd(row))
  const { optional } = layouts[profile.kind]
  const found = [...positions.keys()].filter((field) => !(field in optional)).length
  return {
    profile: { ...profile, headerLines: place + 1 },
    complete: missing.length === 0 && doubled.length === 0,
    share: found / Math.max(1, found + missing.length),
    columns: positions.size,
  }
}
