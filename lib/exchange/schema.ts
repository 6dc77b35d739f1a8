import { z } from 'zod'

export const importKinds = ['accounts', 'meters', 'charges'] as const
export type ImportKind = (typeof importKinds)[number]
/** What a file holds, in words. */
export const importKindNames: Readonly<Record<ImportKind, string>> = {
  accounts: 'Лицевые счета',
  meters: 'Счётчики и показания',
  charges: 'Начисления',
}

const count = z.number().int().min(0)

/** Something about one line; `reason` never quotes what stands in the cell. `column` is empty for the line as a whole. */
const finding = z.object({ line: count, column: z.string(), reason: z.string() })
export type Finding = z.infer<typeof finding>

/** What a load would do, or did, to one kind of record. */
const change = z.object({ what: z.string(), added: count, changed: count, unchanged: count })
export type Change = z.infer<typeof change>

/** Kopecks as digits: JSON numbers would lose some. */
const amount = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt)

const serviceTotal = z.object({
  service: z.string(),
  rows: count,
  opening: amount,
  charged: amount,
  recalculated: amount,
  benefit: amount,
  penalty: amount,
  paid: amount,
  closing: amount,
})
export type ServiceTotal = z.infer<typeof serviceTotal>

/** What the check of a file found; the shape of `imports.report`. The lists are cut, the counts are not. */
export const reportSchema = z.object({
  encoding: z.enum(['utf-8', 'windows-1251']),
  rows: count,
  accepted: count,
  /** Why the file cannot be loaded at all. */
  refusal: finding.nullable(),
  rejectCount: count,
  rejects: z.array(finding),
  warningCount: count,
  warnings: z.array(finding),
  periods: z.array(z.string()),
  totals: z.array(serviceTotal),
  changes: z.array(change),
  /** Records of the same scope that are in the database and not in the file; they stay as they are. */
  absent: count,
})
export type Report = z.output<typeof reportSchema>
/** A report as it lies in the database. */
export type StoredReport = z.input<typeof reportSchema>

/** The button «Загрузить». */
export const loadForm = z.object({
  importId: z.uuid(),
  withoutRejects: z.preprocess((value) => value === 'on', z.boolean()),
})

/** Why an upload was not even looked into, by the code in the address of the page it leads back to. */
export const uploadProblems = {
  empty: 'Файл пустой. Выгрузите его из биллинга ещё раз.',
  'too-big': 'Файл больше 64 МБ. Разделите выгрузку на части.',
  'not-a-file': 'Файл не выбран. Нажмите на поле «Файл» и укажите его.',
  'unknown-kind':
    'Это не выгрузка из биллинга: в первой строке нет столбцов ни лицевых счетов, ни счётчиков, ни начислений.',
  origin: 'Файл отправлен не со страницы личного кабинета. Откройте её по нашему адресу и отправьте ещё раз.',
  failure: 'Не получилось: сервис временно недоступен. Подождите минуту и отправьте файл ещё раз.',
} as const
export type UploadProblem = keyof typeof uploadProblems

/** The code of the address bar, if it is one of ours. */
export const uploadProblemCode = z.enum([
  'empty',
  'too-big',
  'not-a-file',
  'unknown-kind',
  'origin',
  'failure',
])
