import { inBatches } from './batches'
import { readDbf } from './dbf'
import type { CellText } from './letters'
import type { FileForm, FileSource, Line } from './source'
import { type LineTaker, readText } from './text'
import { readXlsx } from './xlsx'

/**
 * The lines of a file, whatever it is made of, some hundreds at a time, but for those of a text that `taker` takes.
 * @throws BrokenFileError
 */
export function readLines(
  source: FileSource,
  form: FileForm,
  taker?: (textOf: CellText) => LineTaker | undefined,
): AsyncGenerator<Line[]> {
  if (form.type === 'csv') return readText(source, form, taker)
  return inBatches(form.type === 'xlsx' ? readXlsx(source) : readDbf(source, form.encoding))
}
