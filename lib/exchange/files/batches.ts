import { setImmediate } from 'node:timers/promises'
import type { Line } from './source'

/** Lines handed on together: enough that handing on costs nothing, few enough that they are dropped while still young. */
export const AT_ONCE = 1_000
/** Characters handed on together, for tables with very long cells. */
const LENGTH_AT_ONCE = 1_000_000

/** The same lines some at a time. Those before a broken one are handed on before it is told. */
export async function* inBatches(lines: AsyncIterable<Line>): AsyncGenerator<Line[]> {
  let batch: Line[] = []
  let length = 0
  try {
    for await (const line of lines) {
      batch.push(line)
      for (const cell of line.cells) length += cell.length
      if (batch.length < AT_ONCE && length < LENGTH_AT_ONCE) continue
      yield batch
      batch = []
      length = 0
      await setImmediate()
    }
  } catch (error) {
    if (batch.length > 0) yield batch
    throw error
  }
  if (batch.length > 0) yield batch
}
