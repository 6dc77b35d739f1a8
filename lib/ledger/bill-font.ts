import { readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

const FONTS = path.join(process.cwd(), 'node_modules/@fontsource/golos-text/files')
const opened = new Map<string, Buffer>()

/** Golos Text of an alphabet and a weight, `cyrillic-400`, as a font that is not compressed; made once per process. */
export function fontFile(name: string): Buffer {
  const known = opened.get(name)
  if (known) return known
  const font = unwrap(readFileSync(path.join(FONTS, `golos-text-${name}-normal.woff`)))
  opened.set(name, font)
  return font
}

const WOFF_HEAD = 44
const WOFF_ENTRY = 20
const SFNT_HEAD = 12
const SFNT_ENTRY = 16

/**
 * WOFF 1.0 (W3C, 2012) to the font it wraps: the same tables one after the other, inflated. The PDF library could read
 * WOFF, but inflates a table anew for every glyph it takes from it: half of a bill's time.
 */
function unwrap(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12)
  const directory = Buffer.alloc(SFNT_HEAD + count * SFNT_ENTRY)
  woff.copy(directory, 0, 4, 8)
  directory.writeUInt16BE(count, 4)
  const tables: Buffer[] = []
  let offset = directory.length
  for (let place = 0; place < count; place++) {
    const entry = WOFF_HEAD + place * WOFF_ENTRY
    const start = woff.readUInt32BE(entry + 4)
    const packed = woff.readUInt32BE(entry + 8)
    const length = woff.readUInt32BE(entry + 12)
    const stored = woff.subarray(start, start + packed)
    const table = Buffer.alloc(Math.ceil(length / 4) * 4)
    ;(packed < length ? inflateSync(stored) : stored).copy(table)
    const record = SFNT_HEAD + place * SFNT_ENTRY
    woff.copy(directory, record, entry, entry + 4)
    woff.copy(directory, record + 4, entry + 16, entry + 20)
    directory.writeUInt32BE(offset, record + 8)
    directory.writeUInt32BE(length, record + 12)
    tables.push(table)
    offset += table.length
  }
  return Buffer.concat([directory, ...tables])
}
