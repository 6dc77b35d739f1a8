import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'

/** The line before the rows of a seal in a file for an inspection; `seal` is null before rows no seal holds yet. */
const sealLine = z.object({
  seal: z.number().nullable(),
  from_id: z.number(),
  to_id: z.number().nullable(),
  rows: z.number().nullable(),
  /** Hash of the seal before it, and its own, in hex. */
  before: z.string().nullable(),
  hash: z.string().nullable(),
})
export type SealLine = z.output<typeof sealLine>

/** The lines of a text that comes in parts. Only LF ends one: other line ends stand inside what people wrote. */
export async function* linesOf(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const part of parts) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest) yield rest
}

/** What a file for an inspection amounts to, reckoned from the file alone. */
export interface JournalCheck {
  seals: number
  /** Rows under seals, and rows no seal held yet. */
  rows: number
  unsealed: number
  /** The first seal that does not hold, with the reason. */
  problem: string | undefined
}

/**
 * Reckons the seals of a file for an inspection from its lines: the bytes of a seal are the hash before it and then its rows,
 * each with the line end that follows it. Seals that follow each other must be linked.
 */
export async function checkJournal(lines: AsyncIterable<string> | Iterable<string>): Promise<JournalCheck> {
  const check: JournalCheck = { seals: 0, rows: 0, unsealed: 0, problem: undefined }
  let open: { line: SealLine; hash: Hash; rows: number } | undefined
  let last: SealLine | undefined
  const close = () => {
    if (open) check.problem ??= problemOf(open.line, open.rows, open.hash.digest('hex'), last)
    last = open?.line ?? last
    open = undefined
  }
  for await (const line of lines) {
    if (line.startsWith('{"seal":')) {
      close()
      const named = sealLine.parse(JSON.parse(line))
      if (named.seal !== null) check.seals++
      open = {
        line: named,
        hash: createHash('sha256').update(Buffer.from(named.before ?? '', 'hex')),
        rows: 0,
      }
    } else if (open && line !== '') {
      open.hash.update(`${line}\n`)
      open.rows++
      if (open.line.seal === null) check.unsealed++
      else check.rows++
    }
  }
  close()
  return check
}

function problemOf(
  line: SealLine,
  rows: number,
  hash: string,
  last: SealLine | undefined,
): string | undefined {
  if (line.seal === null) return undefined
  if (last && (last.hash !== line.before || last.to_id !== line.from_id - 1))
    return `seal ${line.seal} does not follow seal ${last.seal}`
  if (rows !== line.rows) return `seal ${line.seal}: ${rows} rows where there were ${line.rows}`
  return hash === line.hash ? undefined : `seal ${line.seal}: a row under it was changed`
}
