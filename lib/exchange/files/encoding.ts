import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import { isPlausible, russianness } from './russian'
import type { Encoding, FileSource } from './source'

const HEAD = 64 * 1024
/** As many bytes that are not ASCII tell an encoding. */
const TELLING = 200
/** As many characters that are not ASCII make valid UTF-8 no accident. */
const NO_ACCIDENT = 64
/** Part of a text that may be broken UTF-8 and still be meant as such. */
const BROKEN_SHARE = 0.01
/** Part of the bytes on one side that are zeros, or the 4 of Cyrillic letters, in UTF-16. */
const UTF16_SHARE = 0.9
const SINGLE_BYTE = ['windows-1251', 'cp866', 'koi8-r'] as const

/** What a file is judged by. */
export interface Sample {
  /** Its first 64 kB, or all of it. */
  head: Buffer
  /** Bytes an encoding can be told by: the head, or where the first letters come that are not Latin. */
  telling: Buffer
}

/** Reads as much of a file as it takes to judge it. */
export async function sampleOf(source: FileSource): Promise<Sample> {
  let head = Buffer.alloc(0)
  let later = Buffer.alloc(0)
  for await (const chunk of source.chunks()) {
    const rest = chunk.subarray(Math.min(chunk.length, HEAD - head.length))
    if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD - head.length)])
    if (head.length < HEAD) continue
    if (nonAscii(head) >= TELLING || head.includes(0)) break
    const from = later.length > 0 ? 0 : rest.findIndex((byte) => byte > 0x7f)
    if (from >= 0) later = Buffer.concat([later, rest.subarray(from, from + HEAD)])
    if (later.length >= HEAD) break
  }
  return { head, telling: later.length > 0 ? Buffer.concat([head, Buffer.from('\n'), later]) : head }
}

/** Encodings a text may be in, the likeliest first; only those in which every byte has a meaning, if there are any. */
export function rankEncodings(bytes: Buffer): Encoding[] {
  const marked = markedEncoding(bytes)
  if (marked) return [marked]
  const whole = withoutBrokenEnd(bytes)
  if (nonAscii(whole) === 0) return ['utf-8']
  const single = rankSingleByte(whole)
  if (!isUtf8(whole)) {
    const decoded = whole.toString('utf8')
    const broken = decoded.split('\ufffd').length - 1
    return broken < nonAsciiLetters(decoded) * BROKEN_SHARE ? ['utf-8', ...single] : single
  }
  const text = whole.toString('utf8')
  // «аё«» in cp1251 happens to be a Thai letter in UTF-8.
  const meant = isPlausible(text) || nonAsciiLetters(text) >= NO_ACCIDENT
  const best = single[0] ? russianness(iconv.decode(whole, single[0])) : undefined
  return meant || best === undefined || best < 0 ? ['utf-8', ...single] : [...single, 'utf-8']
}

/** Whether the bytes mean something in that encoding. */
export function isDecodable(bytes: Buffer, encoding: Encoding): boolean {
  if (encoding === 'utf-8') return isUtf8(withoutBrokenEnd(bytes))
  return encoding.startsWith('utf') || !iconv.decode(bytes, encoding).includes('\ufffd')
}

function rankSingleByte(bytes: Buffer): Encoding[] {
  const scored = SINGLE_BYTE.map((encoding) => {
    const text = iconv.decode(bytes, encoding)
    return { encoding, score: text.includes('\ufffd') ? -10 : (russianness(text) ?? 0) }
  })
  return scored.toSorted((a, b) => b.score - a.score).map(({ encoding }) => encoding)
}

/** A byte order mark, or the zero bytes of UTF-16: Latin letters and digits have one, on the same side. */
function markedEncoding(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  if (bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]))) return 'utf-8'
  const pairs = Math.floor(bytes.length / 2)
  if (pairs === 0 || !bytes.includes(0)) return undefined
  const share = (side: 0 | 1) => {
    let count = 0
    for (let at = side; at < pairs * 2; at += 2) if (bytes[at] === 0 || bytes[at] === 4) count += 1
    return count / pairs
  }
  if (share(1) >= UTF16_SHARE && share(0) < 0.5) return 'utf-16le'
  return share(0) >= UTF16_SHARE && share(1) < 0.5 ? 'utf-16be' : undefined
}

/** A sample may end in the middle of a letter. */
function withoutBrokenEnd(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes
    if (byte >= 0xc0) {
      const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return needed > back ? bytes.subarray(0, bytes.length - back) : bytes
    }
  }
  return bytes
}

function nonAscii(bytes: Buffer): number {
  let count = 0
  for (const byte of bytes) if (byte > 0x7f) count += 1
  return count
}

function nonAsciiLetters(text: string): number {
  let count = 0
  for (const sign of text) if (sign > '\u007f' && sign !== '\ufffd') count += 1
  return count
}
