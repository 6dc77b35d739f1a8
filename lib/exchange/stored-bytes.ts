import copyStreams from 'pg-copy-streams'
import { z } from 'zod'
import { pool } from '@/db/client'

/** Bytes before the first row, and before each value: how many columns, how long it is. */
const [HEADER, ROW] = [19, 6]

/**
 * The bytes of an upload as they lie in the database, in pieces: the next ones are on their way while one is worked on,
 * and nobody writes them out in digits.
 */
export async function* storedBytes(importId: string): AsyncGenerator<Buffer> {
  const client = await pool().connect()
  let broken = true
  try {
    await client.query('set statement_timeout = 0')
    const rows = client.query(
      copyStreams.to(`
        copy (select bytes from import_chunks where import_id = '${z.uuid().parse(importId)}' order by part)
        to stdout (format binary)`),
    )
    yield* valuesIn(rows)
    await client.query('reset statement_timeout')
    broken = false
  } finally {
    client.release(broken)
  }
}

/** The values of the only column of a binary COPY, in pieces as they come. */
async function* valuesIn(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0)
  let before = HEADER + ROW
  let left = 0
  for await (const came of rows) {
    let rest = waiting.length > 0 ? Buffer.concat([waiting, came]) : came
    while (rest.length > 0) {
      if (left === 0) {
        // After the last row there are two bytes and no length.
        if (rest.length < before) break
        left = rest.readInt32BE(before - 4)
        rest = rest.subarray(before)
        before = ROW
      }
      const piece = rest.subarray(0, left)
      left -= piece.length
      rest = rest.subarray(piece.length)
      yield piece
    }
    waiting = rest
  }
}
