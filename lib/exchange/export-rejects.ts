import type { Staff } from '@/lib/session/require'
import { fileTypeOf } from './export-files'
import type { ExportFile } from './export-queries'
import type { FileForm, FileType } from './files/source'
import { writeTable } from './files/write'
import { type ImportView, rejectedLines } from './queries'

const REASON = 'Причина'

/**
 * The rejected lines of an upload as a file like the one they came from: its type, encoding and delimiter, its columns,
 * and at the end of every line why it was rejected. Lines between which the source had others stand one after another.
 */
export function rejectsFile(staff: Staff, view: ImportView): ExportFile {
  const form = formOf(view)
  const heading = [...(view.report?.heading ?? []), REASON]
  const width = heading.length - 1
  const lines = linesOf(staff, view.id, width)
  const base = view.fileName.replace(/\.\w{1,5}$/, '')
  return {
    name: `${base}, отклонённые строки.${form.type}`,
    contentType: form.type === 'xlsx' ? fileTypeOf('xlsx').contentType : 'application/octet-stream',
    bytes: writeTable(form, heading, lines),
  }
}

/** While the file is there, as it is; afterwards by its name and by how it was read. */
function formOf({ preview, fileName, profile }: ImportView): FileForm {
  if (preview) return preview
  const ending = /\.(dbf|xlsx)$/i.exec(fileName)?.[1]?.toLowerCase()
  const type: FileType = ending === 'dbf' || ending === 'xlsx' ? ending : 'csv'
  const { encoding = 'auto', delimiter = 'auto' } = profile ?? {}
  return {
    type,
    encoding: encoding === 'auto' ? 'windows-1251' : encoding,
    delimiter: delimiter === 'auto' ? ';' : delimiter,
  }
}

async function* linesOf(staff: Staff, id: string, width: number): AsyncGenerator<string[]> {
  for await (const { cells, column, reason } of rejectedLines(staff, id)) {
    const filled = Array.from({ length: width }, (_, place) => cells[place] ?? '')
    yield [...filled, column ? `${column}: ${reason}` : reason]
  }
}
