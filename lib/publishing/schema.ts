import { z } from 'zod'
import { documentKind } from '@/lib/documents/schema'
import { parseDay } from '@/lib/units/day'
import { line } from '@/lib/units/fields'

/** Longest text of a document, bytes of UTF-8. */
export const TEXT_LIMIT = 1_000_000

/** «Новая версия», at each of its steps: the text before and on the preview, and «Опубликовать». */
export const versionForm = z.object({
  kind: documentKind,
  /** The version it was written from: the newest one then. */
  base: z.coerce.number().int().min(0).max(999_999),
  step: z.enum(['preview', 'edit', 'publish']).catch('preview'),
  title: line('Напишите название документа', 200),
  body: z.string().default(''),
  // A field left empty comes as a file of nothing.
  file: z.preprocess(
    (file) => (file instanceof File && file.size > 0 ? file : undefined),
    z
      .instanceof(File)
      .refine((file) => file.size <= TEXT_LIMIT, 'Файл больше 1 МБ: это не текст документа')
      .optional(),
  ),
  effectiveOn: z
    .string()
    .transform((text) => parseDay(text))
    .pipe(z.custom<NonNullable<ReturnType<typeof parseDay>>>((day) => day !== undefined, 'Выберите день')),
})
export type VersionForm = z.output<typeof versionForm>
