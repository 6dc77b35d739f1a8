import { createInflateRaw } from 'node:zlib'
import { BrokenFileError, type FileSource } from './source'

const MB = 1024 * 1024
/** Largest archive held in memory; its parts are inflated piece by piece. */
const LARGEST = 64 * MB
/** Most the parts of one archive may come to together, inflated. */
const LARGEST_INFLATED = 300 * MB
const MOST_ENTRIES = 200
const PIECE = 256 * 1024

const END_MARK = 0x06054b50
const END_LENGTH = 22
const ENTRY_MARK = 0x02014b50
const LOCAL_MARK = 0x04034b50

export const SAVE_AS_CSV = 'Файл слишком велик для чтения как XLSX: сохраните его как CSV'
const TRUNCATED = 'Файл обрезан или повреждён: архив XLSX не читается'

interface Entry {
  deflated: boolean
  /** Bytes in the archive, and inflated. */
  packed: number
  size: number
  /** Where its own header starts. */
  offset: number
}

/** A zip archive, as XLSX is one. Inflating stops at the limit whatever the archive says of itself. */
export class Zip {
  private inflated = 0

  private constructor(
    private readonly bytes: Buffer,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws BrokenFileError when it is none, is cut off, or is too large */
  static async open(source: FileSource): Promise<Zip> {
    if (source.size > LARGEST) throw new BrokenFileError(0, SAVE_AS_CSV)
    const chunks: Buffer[] = []
    for await (const chunk of source.chunks()) chunks.push(chunk)
    const bytes = Buffer.concat(chunks)
    const entries = readDirectory(bytes)
    let total = 0
    for (const { size } of entries.values()) total += size
    if (total > LARGEST_INFLATED) throw new BrokenFileError(0, SAVE_AS_CSV)
    return new Zip(bytes, entries)
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /** The text of an entry (UTF-8), piece by piece. @throws BrokenFileError */
  async *text(name: string): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    try {
      for await (const piece of this.inflate(name)) yield decoder.decode(piece, { stream: true })
      yield decoder.decode()
    } catch (error) {
      throw error instanceof TypeError ? new BrokenFileError(0, TRUNCATED) : error
    }
  }

  private async *inflate(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name)
    if (!entry) throw new BrokenFileError(0, TRUNCATED)
    const packed = this.packedBytes(entry)
    let size = 0
    for await (const piece of entry.deflated ? inflated(packed) : [packed]) {
      size += piece.length
      this.inflated += piece.length
      if (this.inflated > LARGEST_INFLATED || size > entry.size) throw new BrokenFileError(0, SAVE_AS_CSV)
      yield piece
    }
    if (size !== entry.size) throw new BrokenFileError(0, TRUNCATED)
  }

  private packedBytes({ offset, packed }: Entry): Buffer {
    const header = this.bytes.subarray(offset, offset + 30)
    if (header.length < 30 || header.readUInt32LE(0) !== LOCAL_MARK) throw new BrokenFileError(0, TRUNCATED)
    const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    if (start + packed > this.bytes.length) throw new BrokenFileError(0, TRUNCATED)
    return this.bytes.subarray(start, start + packed)
  }
}

async function* inflated(packed: Buffer): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: PIECE })
  stream.end(packed)
  try {
    for await (const piece of stream) yield piece
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw code.startsWith('Z_') ? new BrokenFileError(0, TRUNCATED) : error
  } finally {
    stream.destroy()
  }
}

/** The list of parts at the end of an archive. */
function readDirectory(bytes: Buffer): Map<string, Entry> {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > MOST_ENTRIES)
    throw new BrokenFileError(0, `В архиве XLSX больше ${MOST_ENTRIES} частей: сохраните файл как CSV`)
  const entries = new Map<string, Entry>()
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== ENTRY_MARK) throw new BrokenFileError(0, TRUNCATED)
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const method = bytes.readUInt16LE(at + 10)
    if (bytes.readUInt16LE(at + 8) & 1) throw new BrokenFileError(0, 'Файл защищён паролем: снимите пароль')
    if (method !== 0 && method !== 8) throw new BrokenFileError(0, TRUNCATED)
    entries.set(bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0)), {
      deflated: method === 8,
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return entries
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - END_LENGTH; at >= Math.max(0, bytes.length - END_LENGTH - 0xffff); at -= 1) {
    if (bytes.readUInt32LE(at) === END_MARK) return at
  }
  throw new BrokenFileError(0, TRUNCATED)
}
