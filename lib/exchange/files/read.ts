import { readDbf } from './dbf'
import type { FileForm, FileSource, Line } from './source'
import { readText } from './text'
import { readXlsx } from './xlsx'

/** The lines of a file, whatever it is made of. @throws BrokenFileError */
export function readLines(source: FileSource, form: FileForm): AsyncGenerator<Line> {
  if (form.type === 'xlsx') return readXlsx(source)
  return form.type === 'dbf' ? readDbf(source, form.encoding) : readText(source, form)
}
