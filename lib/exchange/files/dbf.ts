import iconv from 'iconv-lite'
import { plainDecimal, roundedDecimal } from './decimal'
import { tidy } from './letters'
import { BrokenFileError, type Encoding, type FileSource, type Line } from './source'

const DESCRIPTOR = 32
const DELETED = 0x2a
const ACTIVE = 0x20
const LONGEST_HEADER = 32 + 255 * DESCRIPTOR + 264
const TYPES = 'CNFDLITBYMGPV0'
/** A column FoxPro keeps for itself. */
const SYSTEM = 0x01

interface Field {
  /** Undecoded. */
  name: Buffer
  type: string
  /** Bytes. */
  size: number
  /** Place in a record. */
  offset: number
  hidden: boolean
}

/** The header of a DBF. */
export interface DbfHeader {
  records: number
  headerLength: number
  recordLength: number
  /** What the file says its encoding is, if it does. */
  encoding: Encoding | undefined
  fields: readonly Field[]
}

const LANGUAGES: Readonly<Record<number, Encoding>> = { 38: 'cp866', 101: 'cp866', 201: 'windows-1251' }

/** The header at the start of a file; undefined when the file is no DBF: sizes that do not agree, kinds of columns there are not. */
export function dbfHeader(head: Buffer): DbfHeader | undefined {
  if (head.length < 33) return undefined
  const [month, date] = [head.readUInt8(2), head.readUInt8(3)]
  const [records, headerLength, recordLength] = [
    head.readUInt32LE(4),
    head.readUInt16LE(8),
    head.readUInt16LE(10),
  ]
  if (month > 12 || date > 31 || headerLength < 65 || headerLength > LONGEST_HEADER) return undefined
  const fields = readFields(head, headerLength, false)
  const wide = readFields(head, headerLength, true)
  // Clipper keeps sizes above 255 in two bytes.
  const fitting = [fields, wide].find((list) => list && lengthOf(list) === recordLength)
  const encoding = LANGUAGES[head.readUInt8(29)]
  return fitting && { records, headerLength, recordLength, encoding, fields: fitting }
}

function readFields(head: Buffer, headerLength: number, wide: boolean): Field[] | undefined {
  const fields: Field[] = []
  let offset = 1
  for (let at = DESCRIPTOR; at < headerLength && head[at] !== 0x0d; at += DESCRIPTOR) {
    const descriptor = head.subarray(at, at + DESCRIPTOR)
    if (descriptor.length < DESCRIPTOR) return undefined
    const type = String.fromCharCode(descriptor.readUInt8(11))
    const end = descriptor.indexOf(0)
    const name = descriptor.subarray(0, end < 0 ? 10 : Math.min(end, 10))
    if (name.length === 0 || !TYPES.includes(type)) return undefined
    const high = wide && type === 'C' ? descriptor.readUInt8(17) * 256 : 0
    const size = descriptor.readUInt8(16) + high
    fields.push({
      name,
      type,
      size,
      offset,
      hidden: (descriptor.readUInt8(18) & SYSTEM) !== 0 || type === '0',
    })
    offset += size
  }
  return fields.length > 0 ? fields : undefined
}

function lengthOf(fields: readonly Field[]): number {
  return fields.reduce((sum, { size }) => sum + size, 1)
}

/** The letters of the first records and of the names: what the encoding is told by. */
export function dbfLetters(sample: Buffer, { fields, headerLength, recordLength }: DbfHeader): Buffer {
  const pieces: Buffer[] = fields.map(({ name }) => name)
  const texts = fields.filter(({ type }) => type === 'C')
  for (let at = headerLength; at + recordLength <= sample.length; at += recordLength)
    for (const { offset, size } of texts) pieces.push(sample.subarray(at + offset, at + offset + size))
  return Buffer.concat(pieces.flatMap((piece) => [piece, Buffer.from('\n')]))
}

/**
 * The names of the columns as line 1, then every record that is not deleted; records are numbered from line 2. Numbers
 * as they are written, to the digit; days as YYYY-MM-DD. Memory does not grow with the file.
 * @throws BrokenFileError when the file is not as long as its header says
 */
export async function* readDbf(source: FileSource, encoding: Encoding): AsyncGenerator<Line> {
  let rest: Buffer = Buffer.alloc(0)
  let header: DbfHeader | undefined
  let line = 1
  for await (const chunk of source.chunks()) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    if (!header) {
      header = wholeHeader(rest, source.size)
      if (!header) continue
      rest = rest.subarray(header.headerLength)
      yield { line, cells: columnsOf(header).map(({ name }) => tidy(iconv.decode(name, encoding))) }
    }
    const { recordLength } = header
    let at = 0
    for (; at + recordLength <= rest.length && line <= header.records; at += recordLength) {
      line += 1
      const record = rest.subarray(at, at + recordLength)
      if (record[0] === DELETED) continue
      if (record[0] !== ACTIVE) throw new BrokenFileError(line, 'Запись повреждена: её начало не на месте')
      yield { line, cells: columnsOf(header).map((field) => cellText(record, field, encoding)) }
    }
    rest = rest.subarray(at)
    if (line > header.records) return
  }
  if (!header) throw new BrokenFileError(0, 'Заголовок DBF повреждён')
}

/** The header once its bytes are there. @throws BrokenFileError when the file is shorter or longer than it says */
function wholeHeader(bytes: Buffer, size: number): DbfHeader | undefined {
  if (bytes.length < Math.min(size, LONGEST_HEADER)) return undefined
  const header = dbfHeader(bytes)
  if (!header) throw new BrokenFileError(0, 'Заголовок DBF повреждён')
  const { records, headerLength, recordLength } = header
  const there = Math.floor((size - headerLength) / recordLength)
  if (there < records)
    throw new BrokenFileError(
      there + 1,
      `Файл обрезан: в заголовке записей ${records}, а в файле ${Math.max(there, 0)}`,
    )
  if (there > records)
    throw new BrokenFileError(records + 1, `В заголовке записей ${records}, а в файле их больше: ${there}`)
  return header
}

function columnsOf({ fields }: DbfHeader): Field[] {
  return fields.filter(({ hidden }) => !hidden)
}

function cellText(record: Buffer, { type, offset, size }: Field, encoding: Encoding): string {
  const bytes = record.subarray(offset, offset + size)
  if (type === 'I' && size === 4) return String(bytes.readInt32LE(0))
  if (type === 'B' && size === 8) return roundedDecimal(String(bytes.readDoubleLE(0)))
  if (type === 'Y' && size === 8) return currency(bytes.readBigInt64LE(0))
  if (type === 'T' && size === 8) return dayOfJulian(bytes.readInt32LE(0))
  const text = tidy(iconv.decode(bytes, encoding).replaceAll('\0', ' '))
  if (type === 'D')
    return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text
  if (type === 'N' || type === 'F') return plainDecimal(text.replace(/^([+-]?)\./, '$10.').replace(/^\+/, ''))
  // A memo stands in another file, and what is here is only its place there.
  return 'MGP'.includes(type) ? '' : text
}

function currency(tenThousandths: bigint): string {
  const digits = String(tenThousandths < 0n ? -tenThousandths : tenThousandths).padStart(5, '0')
  return plainDecimal(`${tenThousandths < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`)
}

const JULIAN_1970 = 2_440_588

function dayOfJulian(julian: number): string {
  return julian > 0 ? new Date((julian - JULIAN_1970) * 86_400_000).toISOString().slice(0, 10) : ''
}
