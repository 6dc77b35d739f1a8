import { streamRows } from '@/db/stream'
import type { ExportRow } from './export-columns'
import type { ExportSource } from './export-rows'

/** The rows of a list as they all stand at one moment, a batch at a time (`streamRows`). */
export async function* exportRows({ query, row }: ExportSource): AsyncGenerator<ExportRow[]> {
  for await (const rows of streamRows(query)) yield rows.map(row)
}
