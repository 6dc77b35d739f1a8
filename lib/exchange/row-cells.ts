import { ZERO } from '@/lib/units/money'
import type { MeterValue } from '@/lib/units/quantity'
import { type CellReaders, type Read, remembered } from './cells'

/** A cell that is not what it should be. */
export class CellError extends Error {
  constructor(
    readonly field: string,
    readonly reason: string,
  ) {
    super(reason)
  }
}

/** The cells of one row by field. */
export interface Cells {
  /** Trimmed; empty when the file has no such column. */
  get: (field: string) => string
  /** Whether the file has such a column. */
  has: (field: string) => boolean
  read: CellReaders
}

export const LONGEST_TEXT = 300
export const TEXT = `Нужен текст до ${LONGEST_TEXT} знаков, без управляющих символов и ошибок формул`
export const DAY = 'Нужна дата вида 31.12.2026'
export const NUMBER = 'Нужно число, например 12,345'
export const MONEY = 'Нужна сумма в рублях, например 1234,56'
export const PERIOD = 'Нужен период вида 11.2026'
const ACCOUNT = 'Номер лицевого счёта — от 4 до 20 цифр'
const SERIAL = 'Номер счётчика — до 40 букв, цифр и знаков . / - _'

/** A cell that must be filled. */
export function must<T>({ get }: Cells, field: string, read: Read<T>, reason: string): T {
  const text = get(field)
  if (text === '') throw new CellError(field, 'Не заполнено')
  const value = read(text)
  if (value === undefined) throw new CellError(field, reason)
  return value
}

/** A cell that may be blank. */
export function maybe<T>({ get }: Cells, field: string, read: Read<T>, reason: string): T | null {
  const text = get(field)
  if (text === '') return null
  const value = read(text)
  if (value === undefined) throw new CellError(field, reason)
  return value
}

/** Control characters but tab and line feed, and the mark of bytes that could not be read. */
const CONTROL = /(?![\t\n])\p{Cc}|\ufffd/u
const FORMULA_ERROR = /^#(?:NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A)$/

export const words: Read<string> = (text) =>
  text.length <= LONGEST_TEXT && !CONTROL.test(text) && text.isWellFormed() && !FORMULA_ERROR.test(text)
    ? text
    : undefined

const matching =
  (pattern: RegExp): Read<string> =>
  (text) =>
    pattern.test(text) ? text : undefined

export const whole =
  (from: number, to: number): Read<number> =>
  (text) =>
    /^\d{1,5}$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : undefined

/** Not below zero; blank is unknown. */
export function quantity(cells: Cells, field: string): MeterValue | null {
  const value = maybe(cells, field, cells.read.quantity, NUMBER)
  if (value !== null && value < 0n) throw new CellError(field, NUMBER)
  return value
}

/** A sum; zero is written, not left out. */
export const sum = (cells: Cells, field: string) => must(cells, field, cells.read.money, MONEY)
/** A sum some programs do not know of. */
export const sumOrNone = (cells: Cells, field: string) => (cells.has(field) ? sum(cells, field) : ZERO)
export const dayOrNone = (cells: Cells, field: string) => maybe(cells, field, cells.read.day, DAY)
const numberOf: Read<string> = matching(/^\d{4,20}$/)
const serialOf: Read<string> = matching(/^[\p{L}\p{N} ./_-]{1,40}$/u)
export const accountNumber = (cells: Cells) => must(cells, 'accountNumber', numberOf, ACCOUNT)
export const serial = (cells: Cells) => must(cells, 'serial', serialOf, SERIAL)
export const textOrEmpty = (cells: Cells, field: string) => maybe(cells, field, words, TEXT) ?? ''
const knownService = remembered(words)
export const service = (cells: Cells) => must(cells, 'service', knownService, TEXT)

/** cp1251 has no ³ and ², so billing writes units without them. */
const unitOf = remembered((text) =>
  text.length <= 20 && words(text) !== undefined
    ? text.replace(/^(?:куб\.?\s*м|м3)\.?$/i, 'м³').replace(/^(?:кв\.?\s*м|м2)\.?$/i, 'м²')
    : undefined,
)
export const unit = (cells: Cells) => maybe(cells, 'unit', unitOf, 'Единица не длиннее 20 знаков') ?? ''
