import { z } from 'zod'
import { type Period, parsePeriod } from '@/lib/units/period'
import { columnsOf } from './export-columns'

export const exportKinds = ['readings', 'corrections', 'payments', 'missing-readings', 'paperless'] as const
export type ExportKind = (typeof exportKinds)[number]
export const exportKind = z.enum(exportKinds)

/** What a list is called on the page. */
export const exportKindNames: Readonly<Record<ExportKind, string>> = {
  readings: 'Показания',
  corrections: 'Исправления после передачи',
  payments: 'Платежи, принятые здесь',
  'missing-readings': 'Счета без показаний, по домам',
  paperless: 'Квитанция на почту вместо бумажной',
}

/** Kinds that are of one month. */
export const monthlyKinds: ReadonlySet<ExportKind> = new Set(['readings', 'corrections', 'missing-readings'])

export const exportFormats = ['csv-1251', 'csv-utf8', 'xlsx', 'register'] as const
export type ExportFormat = (typeof exportFormats)[number]
export const exportFormatNames: Readonly<Record<ExportFormat, string>> = {
  'csv-1251': 'CSV, кодировка cp1251',
  'csv-utf8': 'CSV, кодировка UTF-8',
  xlsx: 'Excel (.xlsx)',
  register: 'Банковский реестр (ЛС;ФИО;Адрес;Период;Сумма)',
}

/** The formats a kind can be had in. */
export function formatsOf(kind: ExportKind): readonly ExportFormat[] {
  return exportFormats.filter((format) => format !== 'register' || kind === 'payments')
}

/** A month of an address or a form. */
export const monthField = z.string().transform((text, context): Period => {
  const found = parsePeriod(text)
  if (found && found > '1900' && found < '2200') return found
  context.addIssue({ code: 'custom', message: 'Выберите месяц из списка' })
  return z.NEVER
})

/** Format and columns as chosen; unknown columns are dropped, none at all means the usual ones. */
export function choiceOf(kind: ExportKind) {
  const all = columnsOf(kind)
  const usual = all.filter((column) => column.usual).map((column) => column.key)
  return z.object({
    format: z.enum(formatsOf(kind)).catch('csv-1251'),
    columns: z
      .array(z.string())
      .catch([])
      .transform((wanted) => all.flatMap(({ key }) => (wanted.includes(key) ? [key] : [])))
      .transform((columns) => (columns.length > 0 ? columns : usual)),
  })
}
/** What a list is to look like: its columns in the order of the file. */
export type ExportChoice = z.output<ReturnType<typeof choiceOf>>

/** «Передать в биллинг» of a month's readings. */
export const handReadingsForm = z.object({ period: monthField })

/** «Передать в биллинг» of payments: nothing to fill in. */
export const handPaymentsForm = z.object({})

/** «Открыть период снова». */
export const reopenForm = z.object({
  period: monthField,
  reason: z
    .string()
    .trim()
    .min(3, 'Напишите, почему период открывается снова')
    .max(500, 'Не длиннее 500 знаков'),
})
