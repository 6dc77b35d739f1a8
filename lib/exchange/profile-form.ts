import { z } from 'zod'
import { type Layout, layouts } from './layouts'
import { type Profile, profileSchema } from './profile'
import type { ImportKind } from './schema'

const HEADINGS = /\s*\|\s*|\r?\n/
/** The largest JSON of a profile that is looked at, characters; a form cuts off what is longer. */
const LONGEST_JSON = 9_999

/** Fields of a kind of file with the words for them, in the order of the form. */
export function fieldsOf(kind: ImportKind): readonly (readonly [field: string, title: string])[] {
  const { columns, optional }: Layout = layouts[kind]
  return Object.entries({ ...columns, ...optional })
}

/** What stands in the form for a column: its headings between `|`, or its number. */
export function columnText(column: string[] | number | undefined): string {
  return column === undefined ? '' : typeof column === 'number' ? String(column) : column.join(' | ')
}

/** Names of the form's fields: `column.period`, `constant.period`, `rowKey.period`. */
export const columnField = (field: string) => `column.${field}`
export const constantField = (field: string) => `constant.${field}`

/** The form of a profile: `key` of the one being changed, its plain fields, and two fields and a tick for every column. */
export const profileForm = z
  .object({ key: z.string().max(100).optional() })
  .catchall(z.string())
  .transform(({ key, ...form }, context): { key: string | undefined; profile: Profile } => {
    const found = profileSchema.safeParse(profileOf(form))
    if (found.success) return { key, profile: found.data }
    for (const issue of found.error.issues)
      context.addIssue({ code: 'custom', path: [fieldOf(issue.path)], message: messageOf(issue) })
    return z.NEVER
  })

function profileOf(form: Record<string, string>): unknown {
  const columns: Record<string, string[] | number> = {}
  const constants: Record<string, string> = {}
  for (const [name, text] of Object.entries(form)) {
    if (text.trim() === '') continue
    if (name.startsWith('column.')) columns[name.slice('column.'.length)] = columnOf(text, form.headerLines)
    if (name.startsWith('constant.')) constants[name.slice('constant.'.length)] = text
  }
  const { name, kind, type, encoding, delimiter, decimal, dates, periods, control } = form
  return {
    ...{ name, kind, type, encoding, decimal, dates, periods, control, columns, constants },
    delimiter: delimiter === 'tab' ? '\t' : delimiter,
    headerLines: /^\d{1,2}$/.test(form.headerLines ?? '') ? Number(form.headerLines) : form.headerLines,
    key: Object.keys(form).flatMap((field) =>
      field.startsWith('rowKey.') ? [field.slice('rowKey.'.length)] : [],
    ),
  }
}

/** A number is the number of a column where the file has no headings; else it may well be a heading. */
function columnOf(text: string, headerLines: string | undefined): string[] | number {
  if (headerLines === '0' && /^\d{1,3}$/.test(text.trim())) return Number(text)
  return text.split(HEADINGS).filter(Boolean)
}

function fieldOf(path: readonly PropertyKey[]): string {
  const [first, second] = path.map(String)
  if (first === 'columns' && second) return columnField(second)
  if (first === 'constants' && second) return constantField(second)
  return first === 'key' ? 'rowKey' : (first ?? 'name')
}

function messageOf(issue: { code: string; message: string }): string {
  return issue.code === 'custom' || /[а-яё]/i.test(issue.message) ? issue.message : 'Заполнено неверно'
}

/** «Загрузить из файла»: the text of a profile as this service exports it. */
export const profileJsonForm = z.object({
  json: z.string().transform((text, context): Profile => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if (text.trim() === '') return refuse('Выберите файл или вставьте текст профиля')
    if (text.length > LONGEST_JSON) return refuse('Слишком длинный текст: это не профиль')
    const read = parsed(text)
    if (read === undefined) return refuse('Это не JSON: текст профиля начинается с { и кончается }')
    const found = profileSchema.safeParse(read)
    return found.success ? found.data : refuse(jsonProblem(found.error))
  }),
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

const NAMED = 5

function jsonProblem(error: z.ZodError): string {
  const places = error.issues.map((issue) => {
    const place = issue.path.length > 0 ? `«${issue.path.join('.')}»: ` : ''
    return `${place}${issueWords(issue)}`
  })
  const more = places.length > NAMED ? ` И ещё ошибок: ${places.length - NAMED}.` : ''
  return `Это не профиль обмена. ${places.slice(0, NAMED).join('; ')}.${more}`
}

function issueWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `лишнее: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_value') return `бывает ${issue.values.map(String).join(', ')}`
  if (issue.code === 'invalid_type')
    return issue.input === undefined ? 'не заполнено' : 'значение другого вида'
  return messageOf(issue).toLowerCase()
}

/** A profile as text that `profileJsonForm` reads. */
export function profileJson(profile: Profile): string {
  return `${JSON.stringify(profile, null, 2)}\n`
}

/** «Удалить профиль». */
export const profileKeyForm = z.object({ key: z.string().max(100) })
