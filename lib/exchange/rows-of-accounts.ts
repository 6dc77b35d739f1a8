import type { MeterValue } from '@/lib/units/quantity'
import type { Read } from './cells'
import {
  accountNumber,
  CellError,
  type Cells,
  DAY,
  dayOrNone,
  LONGEST_TEXT,
  maybe,
  must,
  quantity,
  serial,
  TEXT,
  textOrEmpty,
  whole,
  words,
} from './row-cells'
import type { AccountRow, MeterRow, ReadingRow } from './row-schema'

export function accountRow(cells: Cells): AccountRow {
  const row = {
    accountNumber: accountNumber(cells),
    holderName: cells.has('lastName') ? fullName(cells) : must(cells, 'holderName', words, TEXT),
    address: must(cells, 'address', words, TEXT),
    phone: maybe(cells, 'phone', words, TEXT),
    area: quantity(cells, 'area'),
    residents: maybe(cells, 'residents', whole(0, 99), 'Нужно число от 0 до 99'),
    openedOn: dayOrNone(cells, 'openedOn'),
    closedOn: dayOrNone(cells, 'closedOn'),
    unifiedAccount: unifiedAccount(cells),
  }
  if (row.openedOn && row.closedOn && row.openedOn > row.closedOn)
    throw new CellError('closedOn', 'Закрыт раньше, чем открыт')
  return row
}

function fullName(cells: Cells): string {
  const parts = [
    must(cells, 'lastName', words, TEXT),
    textOrEmpty(cells, 'firstName'),
    textOrEmpty(cells, 'patronymic'),
  ]
  const name = parts.filter((part) => part !== '').join(' ')
  if (name.length > LONGEST_TEXT) throw new CellError('lastName', TEXT)
  return name
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ A: 'А', B: 'В', C: 'С', E: 'Е', H: 'Н', K: 'К', M: 'М', O: 'О', P: 'Р', T: 'Т', X: 'Х' },
}

/** `00АА000000`; in an ИЖКУ it is followed by `-` and two digits. Latin letters that look the same are taken for Cyrillic ones. */
const unifiedOf: Read<string> = (text) => {
  const letters = text.toUpperCase().replace(/[ABCEHKMOPTX]/g, (letter) => LOOKALIKES[letter] ?? letter)
  return /^(\d{2}[А-Я]{2}\d{6})(?:-\d{2})?$/.exec(letters)?.[1]
}

function unifiedAccount(cells: Cells): string | null {
  return (
    maybe(cells, 'unifiedAccount', unifiedOf, 'ЕЛС состоит из 10 знаков: 00АА000000') ??
    maybe(cells, 'serviceId', unifiedOf, 'ИЖКУ состоит из 13 знаков: 00АА000000-00')
  )
}

const METER_KINDS = new Map<string, MeterRow['kind']>([
  ['холодная вода', 'cold_water'],
  ['горячая вода', 'hot_water'],
  ['электроэнергия', 'electricity'],
  ['электрическая энергия', 'electricity'],
  ['отопление', 'heat'],
  ['тепловая энергия', 'heat'],
  ['газ', 'gas'],
])
const KIND = 'Вид — Холодная вода, Горячая вода, Электроэнергия, Отопление или Газ'

export function meterRow(cells: Cells): MeterRow {
  const row = {
    accountNumber: accountNumber(cells),
    serial: serial(cells),
    kind: must(cells, 'kind', (text) => METER_KINDS.get(text.toLowerCase()), KIND),
    place: textOrEmpty(cells, 'place'),
    digitsBefore: must(cells, 'digitsBefore', whole(1, 9), 'Нужно число от 1 до 9'),
    digitsAfter: must(cells, 'digitsAfter', whole(0, 7), 'Нужно число от 0 до 7'),
    registers: must(cells, 'registers', whole(1, 3), 'Тарифов бывает 1, 2 или 3'),
    installedOn: must(cells, 'installedOn', cells.read.day, DAY),
    removedOn: dayOrNone(cells, 'removedOn'),
    verifiedUntil: dayOrNone(cells, 'verifiedUntil'),
    takenOn: dayOrNone(cells, 'takenOn'),
    t1: quantity(cells, 't1'),
    t2: quantity(cells, 't2'),
    t3: quantity(cells, 't3'),
  }
  if (row.removedOn && row.removedOn < row.installedOn)
    throw new CellError('removedOn', 'Снят раньше, чем установлен')
  if (row.takenOn && row.takenOn < row.installedOn)
    throw new CellError('takenOn', 'Показание снято до установки счётчика')
  for (const [place, value] of [row.t1, row.t2, row.t3].entries()) checkRegister(row, place, value)
  return row
}

function checkRegister(meter: MeterRow, place: number, value: MeterValue | null): void {
  const field = `t${place + 1}`
  const expected = meter.takenOn !== null && place < meter.registers
  if (expected && value === null) throw new CellError(field, 'Нет показания этого тарифа')
  if (value === null) return
  if (!meter.takenOn) throw new CellError(field, 'Нет даты показания')
  if (!expected) throw new CellError(field, 'Такого тарифа у счётчика нет')
  if (value >= 10n ** BigInt(meter.digitsBefore + 7))
    throw new CellError(field, 'Больше, чем помещается на счётчике')
}

export function readingRow(cells: Cells): ReadingRow {
  const t1 = quantity(cells, 't1')
  const t2 = quantity(cells, 't2')
  const t3 = quantity(cells, 't3')
  if (t1 === null) throw new CellError('t1', 'Не заполнено')
  if (t2 === null && t3 !== null) throw new CellError('t2', 'Нет показания этого тарифа')
  return {
    accountNumber: accountNumber(cells),
    serial: serial(cells),
    takenOn: must(cells, 'takenOn', cells.read.day, DAY),
    t1,
    t2,
    t3,
  }
}
