import { deflateRawSync } from 'node:zlib'
import iconv from 'iconv-lite'
import { detectFile } from '@/lib/exchange/detect'
import { bufferSource, type FileForm } from '@/lib/exchange/files/source'
import { writeTable } from '@/lib/exchange/files/write'
import type { Profile } from '@/lib/exchange/profile'
import { ownProfile } from '@/lib/exchange/profiles/own'
import { type Batch, type Findings, readFile } from '@/lib/exchange/reading'
import type { ImportKind } from '@/lib/exchange/schema'

/** Everything a reading told. */
export interface WholeReading extends Findings {
  accepted: Batch['accepted']
  rejected: Batch['rejected']
}

/** Reads a file by a profile, or by the one that fits it. */
export async function readWhole(bytes: Buffer, by?: Profile | ImportKind): Promise<WholeReading> {
  const source = bufferSource(bytes)
  const profile = typeof by === 'object' ? by : by ? ownProfile(by) : (await detectFile(source)).profile
  if (!profile) throw new Error('no profile fits')
  const read: Pick<WholeReading, 'accepted' | 'rejected'> = { accepted: [], rejected: [] }
  const batches = readFile(source, profile)
  for (let next = await batches.next(); ; next = await batches.next()) {
    if (next.done) return { ...read, ...next.value }
    read.accepted.push(...next.value.accepted)
    read.rejected.push(...next.value.rejected)
  }
}

/** Lines as a separated text. */
export function textFile(
  lines: readonly (readonly string[])[],
  { encoding, delimiter = ';', end = '\r\n' }: { encoding: string; delimiter?: string; end?: string },
): Buffer {
  const quoted = (cell: string) =>
    cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  return iconv.encode(lines.map((cells) => cells.map(quoted).join(delimiter) + end).join(''), encoding)
}

/** Lines as a file of that form, by the program's own writer. */
export async function tableFile([heading = [], ...rows]: string[][], form: FileForm): Promise<Buffer> {
  const pieces: Buffer[] = []
  async function* all() {
    yield* rows
  }
  for await (const piece of writeTable(form, heading, all())) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Part of an archive; `size` is what the archive says of it, when that is not so. */
export interface ZipPart {
  text: string | Buffer
  size?: number
}

/** An archive of those parts. */
export function zipFile(parts: Record<string, ZipPart>): Buffer {
  const local: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, { text, size }] of Object.entries(parts)) {
    const bytes = Buffer.from(text)
    const packed = deflateRawSync(bytes)
    const sizes = [0, packed.length, size ?? bytes.length]
    const head = Buffer.concat([
      Buffer.from('504b030414000000080000000000', 'hex'),
      uint32(...sizes),
      uint16(name.length, 0),
    ])
    local.push(head, Buffer.from(name), packed)
    directory.push(
      Buffer.from('504b01021400140000000800000000 00'.replace(' ', ''), 'hex'),
      uint32(...sizes),
      uint16(name.length, 0, 0, 0, 0),
      uint32(0, offset),
      Buffer.from(name),
    )
    offset += head.length + name.length + packed.length
  }
  const list = Buffer.concat(directory)
  const count = Object.keys(parts).length
  const end = Buffer.concat([
    Buffer.from('504b0506', 'hex'),
    uint16(0, 0, count, count),
    uint32(list.length, offset),
    uint16(0),
  ])
  return Buffer.concat([...local, list, end])
}

function uint16(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [place, value] of values.entries()) bytes.writeUInt16LE(value, place * 2)
  return bytes
}

function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [place, value] of values.entries()) bytes.writeUInt32LE(value, place * 4)
  return bytes
}

/** The parts of a workbook with one sheet; `sheet` is what stands inside `sheetData`. */
export function workbook(sheet: string, parts: Record<string, ZipPart> = {}): Record<string, ZipPart> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`
  return {
    '_rels/.rels': {
      text: `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    },
    'xl/workbook.xml': {
      text: '<workbook><sheets><sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
    },
    'xl/_rels/workbook.xml.rels': {
      text: `<Relationships>${relation('r1', 'worksheet', 'worksheets/sheet1.xml')}${relation('r2', 'sharedStrings', 'sharedStrings.xml')}${relation('r3', 'styles', '/xl/styles.xml')}</Relationships>`,
    },
    'xl/worksheets/sheet1.xml': { text: `<worksheet><sheetData>${sheet}</sheetData></worksheet>` },
    ...parts,
  }
}
