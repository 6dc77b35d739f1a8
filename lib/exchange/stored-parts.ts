import copyStreams from 'pg-copy-streams'
import { z } from 'zod'
import { pool } from '@/db/client'

/** Bytes before the first row, and before each part: how many columns, how long the part is. */
const [HEADER, ROW] = [19, 6]

/**
 * The parts of an upload in their order, as they lie in the database: the next ones are on their way while one is worked
 * on, and nobody writes them out in digits.
 */
export async function* storedParts(importId: string): AsyncGenerator<Buffer> {
  const client = await pool().connect()
  let broken = true
  try {
    await client.query('set statement_timeout = 0')
    const rows = client.query(
      copyStreams.to(`
        copy (select bytes from import_chunks where import_id = '${z.uuid().parse(importId)}' order by part)
        to stdout (format binary)`),
    )
    yield* partsIn(rows)
    await client.query('reset statement_timeout')
    broken = false
  } finally {
    client.release(broken)
  }
}

/** The values of the only column of a binary COPY. */
async function* partsIn(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0)
  let skip = HEADER
  let part: Buffer | undefined
  let filled = 0
  for await (const piece of rows) {
    let rest = waiting.length > 0 ? Buffer.concat([waiting, piece]) : piece
    waiting = Buffer.alloc(0)
    while (rest.length > 0) {
      if (!part) {
        // After the last row there are two bytes and no length.
        if (rest.length < skip + ROW) break
        part = Buffer.allocUnsafeSlow(rest.readInt32BE(skip + 2))
        rest = rest.subarray(skip + ROW)
        skip = 0
        filled = 0
      }
      const taken = rest.copy(part, filled)
      filled += taken
      rest = rest.subarray(taken)
      if (filled < part.length) continue
      yield part
      part = undefined
    }
    waiting = rest
  }
}
