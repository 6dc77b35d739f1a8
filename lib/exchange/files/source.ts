/** Encodings billing programs write in. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'cp866', 'koi8-r'] as const
export type Encoding = (typeof encodings)[number]

/** What a file is by its content. */
export const fileTypes = ['csv', 'dbf', 'xlsx'] as const
export type FileType = (typeof fileTypes)[number]

export const delimiters = [';', ',', '\t'] as const
export type Delimiter = (typeof delimiters)[number]

/** The bytes of a file, wherever they lie. `chunks` starts at the first byte each time it is called. */
export interface FileSource {
  /** Bytes. */
  size: number
  chunks(): AsyncIterable<Buffer>
}

/** A file that lies in memory. */
export function bufferSource(bytes: Buffer): FileSource {
  const CHUNK = 256 * 1024
  return {
    size: bytes.length,
    async *chunks() {
      for (let from = 0; from < bytes.length; from += CHUNK) yield bytes.subarray(from, from + CHUNK)
    },
  }
}

/** One line of a file: its number as an editor shows it (of its last line, if a quoted cell spans several). */
export interface Line {
  line: number
  cells: string[]
}

/** How the cells of a file are to be got at. */
export interface FileForm {
  type: FileType
  /** Of an XLSX always utf-8. */
  encoding: Encoding
  /** Of a CSV. */
  delimiter: Delimiter
}

/** The file cannot be read from some line on; `reason` is in words for staff and never quotes the file. */
export class BrokenFileError extends Error {
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(reason)
  }
}
