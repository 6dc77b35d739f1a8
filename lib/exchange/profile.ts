import { z } from 'zod'
import { delimiters, encodings, fileTypes } from './files/source'
import { layouts } from './layouts'
import { importKinds } from './schema'

const LONGEST = 100
const MOST_HEADINGS = 20
const MOST_COLUMNS = 200
const heading = z.string().trim().min(1, 'Название столбца не заполнено').max(LONGEST)
const field = z.string().max(40)

/** How the files of one kind from one program are read. */
export const profileSchema = z
  .strictObject({
    name: z.string().trim().min(1, 'Назовите профиль').max(LONGEST),
    kind: z.enum(importKinds),
    type: z.enum([...fileTypes, 'any']).default('any'),
    encoding: z.enum([...encodings, 'auto']).default('auto'),
    delimiter: z.enum([...delimiters, 'auto']).default('auto'),
    /** How many lines come before the first row; the names of the columns stand in the last of them. 0: columns by number. */
    headerLines: z.int().min(0).max(20).default(1),
    /** Field → names its column may have, or the number of its column, the first is 1. */
    columns: z.record(
      field,
      z.union([z.array(heading).min(1).max(MOST_HEADINGS), z.int().min(1).max(MOST_COLUMNS)]),
    ),
    decimal: z.enum(['auto', ',', '.']).default('auto'),
    dates: z.enum(['auto', 'dd.mm.yyyy', 'yyyy-mm-dd', 'yyyymmdd', 'excel']).default('auto'),
    periods: z.enum(['auto', 'mm.yyyy', 'yyyy-mm', 'yyyymm', 'mmyyyy', 'month yyyy', 'date']).default('auto'),
    /** `line`: the last line is «ИТОГО; number of rows; … sums», and a file without it is cut off. A DBF counts its records itself. */
    control: z.enum(['line', 'none']).default('none'),
    /** Field → what every row has there, written as in a file. */
    constants: z.record(field, z.string().max(300)).default({}),
    /** What makes a row the same row; nothing: what is usual for the kind. */
    key: z.array(field).max(10).default([]),
  })
  .superRefine((profile, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message })
    const { columns, optional, required } = layouts[profile.kind]
    const given = [...Object.keys(profile.columns), ...Object.keys(profile.constants)]
    for (const name of given)
      if (!(name in columns || name in optional)) refuse('columns', `Поля «${name}» у такого файла нет`)
    for (const name of profile.key) if (!given.includes(name)) refuse('key', `Поля «${name}» в профиле нет`)
    for (const anyOf of required) {
      if (anyOf.some((name) => given.includes(name))) continue
      refuse('columns', `Не указано, где столбец «${columns[anyOf[0] ?? ''] ?? ''}»`)
    }
  })
export type Profile = z.output<typeof profileSchema>
