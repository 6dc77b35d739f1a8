import { z } from 'zod'
import { parseDay } from '@/lib/units/day'
import { parseKopecks } from '@/lib/units/money'
import { parsePeriod } from '@/lib/units/period'
import { parseQuantity } from '@/lib/units/quantity'

const LONGEST_TEXT = 300
const DAY = 'Нужна дата вида 31.12.2026'
const NUMBER = 'Нужно число, например 12,345'
const MONEY = 'Нужна сумма в рублях, например 1234,56'

type Read<T> = (text: string) => T | undefined

/** A cell that must be filled. */
function cell<T>(read: Read<T>, message: string) {
  return z.string().transform((text, context): T => valueIn(text, read, message, context))
}

/** A cell that may be blank. */
function blankable<T>(read: Read<T>, message: string) {
  return z
    .string()
    .transform((text, context): T | null => (text === '' ? null : valueIn(text, read, message, context)))
}

/** Messages never quote the cell. */
function valueIn<T>(text: string, read: Read<T>, message: string, context: z.RefinementCtx): T {
  const value = text === '' ? undefined : read(text)
  if (value !== undefined) return value
  context.addIssue({ code: 'custom', message: text === '' ? 'Не заполнено' : message })
  return z.NEVER
}

function words(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  return text.length <= LONGEST_TEXT && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text) ? text : undefined
}

function matching(pattern: RegExp): (text: string) => string | undefined {
  return (text) => (pattern.test(text) ? text : undefined)
}

function whole(from: number, to: number): (text: string) => number | undefined {
  return (text) =>
    /^\d{1,3}$/.test(text) && Number(text) >= from && Number(text) <= to ? Number(text) : undefined
}

/** Years outside these are slips of the keyboard. */
function plausibleYear(date: string): boolean {
  return date >= '1900' && date < '2200'
}

function plausibleDay(text: string) {
  const found = parseDay(text)
  return found && plausibleYear(found) ? found : undefined
}

function plausiblePeriod(text: string) {
  const found = parsePeriod(text)
  return found && plausibleYear(found) ? found : undefined
}

function notNegative(text: string) {
  const value = parseQuantity(text)
  return value !== undefined && value >= 0n ? value : undefined
}

const TEXT = `Не длиннее ${LONGEST_TEXT} знаков, без управляющих символов`
const accountNumber = cell(matching(/^\d{4,20}$/), 'Номер лицевого счёта — от 4 до 20 цифр')
const serial = cell(
  matching(/^[\p{L}\p{N} ./_-]{1,40}$/u),
  'Номер счётчика — до 40 букв, цифр и знаков . / - _',
)

/** A line of the file of accounts and holders. */
export const accountRow = z
  .object({
    accountNumber,
    holderName: cell(words, TEXT),
    address: cell(words, TEXT),
    phone: blankable(words, TEXT),
    area: blankable(notNegative, NUMBER),
    residents: blankable(whole(0, 99), 'Нужно число от 0 до 99'),
    openedOn: blankable(plausibleDay, DAY),
    closedOn: blankable(plausibleDay, DAY),
  })
  .refine((row) => !row.openedOn || !row.closedOn || row.openedOn <= row.closedOn, {
    path: ['closedOn'],
    message: 'Закрыт раньше, чем открыт',
  })
export type AccountRow = z.output<typeof accountRow>

const meterKindsByName = new Map([
  ['холодная вода', 'cold_water'],
  ['горячая вода', 'hot_water'],
  ['электроэнергия', 'electricity'],
  ['отопление', 'heat'],
  ['газ', 'gas'],
])
const KIND = 'Вид — Холодная вода, Горячая вода, Электроэнергия, Отопление или Газ'

/** A line of the file of meters: the meter and, if it has one, a reading of all its registers. */
export const meterRow = z
  .object({
    accountNumber,
    serial,
    kind: cell((text) => meterKindsByName.get(text.toLowerCase()), KIND),
    place: z.string().refine((text) => words(text) !== undefined, TEXT),
    digitsBefore: cell(whole(1, 9), 'Нужно число от 1 до 9'),
    digitsAfter: cell(whole(0, 7), 'Нужно число от 0 до 7'),
    registers: cell(whole(1, 3), 'Тарифов бывает 1, 2 или 3'),
    installedOn: cell(plausibleDay, DAY),
    removedOn: blankable(plausibleDay, DAY),
    verifiedUntil: blankable(plausibleDay, DAY),
    takenOn: blankable(plausibleDay, DAY),
    t1: blankable(notNegative, NUMBER),
    t2: blankable(notNegative, NUMBER),
    t3: blankable(notNegative, NUMBER),
  })
  .superRefine((row, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    if (row.removedOn && row.removedOn < row.installedOn) refuse('removedOn', 'Снят раньше, чем установлен')
    if (row.takenOn && row.takenOn < row.installedOn)
      refuse('takenOn', 'Показание снято до установки счётчика')
    const values = [row.t1, row.t2, row.t3]
    for (const [index, value] of values.entries()) {
      const expected = row.takenOn !== null && index < row.registers
      const path = `t${index + 1}`
      if (expected && value === null) refuse(path, 'Нет показания этого тарифа')
      if (!expected && value !== null)
        refuse(path, row.takenOn ? 'Такого тарифа у счётчика нет' : 'Нет даты показания')
      if (value !== null && value >= 10n ** BigInt(row.digitsBefore + 7)) {
        refuse(path, 'Больше, чем помещается на счётчике')
      }
    }
  })
export type MeterRow = z.output<typeof meterRow>

const money = cell(parseKopecks, MONEY)
/** cp1251 has no ³ and ², so billing writes units without them. */
const unit = z
  .string()
  .refine((text) => text.length <= 20 && words(text) !== undefined, 'Единица не длиннее 20 знаков')
  .transform((text) => text.replace(/^(?:куб\.?\s*м|м3)\.?$/i, 'м³').replace(/^(?:кв\.?\s*м|м2)\.?$/i, 'м²'))

/** A line of the file of charges: one service of one account in one period, amounts in kopecks. */
export const chargeRow = z.object({
  accountNumber,
  period: cell(plausiblePeriod, 'Нужен период вида 11.2026'),
  service: cell(words, TEXT),
  unit,
  volume: blankable(parseQuantity, NUMBER),
  tariff: blankable(notNegative, NUMBER),
  opening: money,
  charged: money,
  recalculated: money,
  benefit: money,
  penalty: money,
  paid: money,
  closing: money,
})
export type ChargeRow = z.output<typeof chargeRow>
