import { z } from 'zod'
import { plural } from '@/lib/units/text'

/** Files attached at once. */
export const MOST_FILES = 5
/** All of them together, bytes: a form is cut at 10 MB. */
export const FILES_LIMIT = 9_000_000
/** What a browser lets one choose. */
export const ACCEPTED_FILES = 'image/jpeg,image/png,image/webp,application/pdf'
export const FILES_HINT = `JPEG, PNG, WebP или PDF: до ${MOST_FILES} файлов, вместе до ${FILES_LIMIT / 1_000_000} МБ`

/** What is wrong with so many files of these sizes; undefined when nothing is. */
export function filesProblem(sizes: readonly number[]): string | undefined {
  if (sizes.length > MOST_FILES)
    return `Можно приложить не больше ${MOST_FILES} файлов. Сейчас ${plural(sizes.length, ['файл', 'файла', 'файлов'])}.`
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return total > FILES_LIMIT
    ? `Файлы вместе больше ${FILES_LIMIT / 1_000_000} МБ. Выберите меньше или уменьшите снимки.`
    : undefined
}

/** The files of a form, not yet looked into. */
export const filesField = z
  .array(z.instanceof(File))
  .superRefine((files, context) => {
    const problem = filesProblem(files.map(({ size }) => size))
    if (problem) context.addIssue(problem)
  })
  .default([])
