import { inBatches } from './batches'
import { readDbf } from './dbf'
import type { FileForm, FileSource, Line } from './source'
import { readText } from './text'
import { readXlsx } from './xlsx'

/** The lines of a file, whatever it is made of, some hundreds at a time. @throws BrokenFileError */
export function readLines(source: FileSource, form: FileForm): AsyncGenerator<Line[]> {
  if (form.type === 'csv') return readText(source, form)
  return inBatches(form.type === 'xlsx' ? readXlsx(source) : readDbf(source, form.encoding))
}
