import { z } from 'zod'
import { parseDay } from '@/lib/units/day'

export const importKinds = ['accounts', 'meters', 'charges', 'tariffs', 'payments', 'readings'] as const
export type ImportKind = (typeof importKinds)[number]
/** What a file holds, in words. */
export const importKindNames: Readonly<Record<ImportKind, string>> = {
  accounts: 'Лицевые счета',
  meters: 'Счётчики и показания',
  charges: 'Начисления',
  tariffs: 'Тарифы и нормативы',
  payments: 'Платежи, принятые в других местах',
  readings: 'Показания, принятые в других местах',
}

/** Largest file taken, bytes. */
export const UPLOAD_LIMIT = 200 * 1024 * 1024

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

const sums = z.object({
  rows: count,
  opening: amount,
  charged: amount,
  recalculated: amount,
  benefit: amount,
  penalty: amount,
  paid: amount,
  closing: amount,
})
/** Kopecks by column, and of how many rows. */
export type Sums = z.infer<typeof sums>

/** What a file states for a service; `before`: what stands for it in the month before the file's latest, if anything does. */
const serviceTotal = sums.extend({ service: z.string(), before: sums.nullable() })
export type ServiceTotal = z.infer<typeof serviceTotal>

/** An account whose charges of a month moved far from those of the month before; kopecks. */
const outlier = z.object({ accountNumber: z.string(), period: z.string(), before: amount, now: amount })
export type Outlier = z.infer<typeof outlier>

/** What the check of a file found; the shape of `imports.report`. The lists are cut, the counts are not. */
export const reportSchema = z.object({
  rows: count,
  accepted: count,
  /** Why the file cannot be loaded at all. */
  refusal: finding.nullable(),
  rejectCount: count,
  /** The first rejected lines; all of them, with their cells, are in import_rejects. */
  rejects: z.array(finding),
  warningCount: count,
  warnings: z.array(finding),
  /** The names of the file's columns: the first line of a file of its rejects. */
  heading: z.array(z.string()),
  /** Whether a control line was asked for; a file whose line does not agree is refused. */
  control: z.boolean(),
  /** Months the file is about, `YYYY-MM`, the earliest first. */
  periods: z.array(z.string()),
  totals: z.array(serviceTotal),
  /** Percent by which an account's charges must move to be named. */
  outlierShare: count,
  outlierCount: count,
  outliers: z.array(outlier),
  changes: z.array(change),
  /** Records of the same scope that are in the database and not in the file; they stay as they are. */
  absent: count,
})
export type Report = z.output<typeof reportSchema>
/** A report as it lies in the database. */
export type StoredReport = z.input<typeof reportSchema>

/** A report as it lies in the database, known to be one. @throws TypeError when it is not */
export function storedReport(report: unknown): StoredReport {
  if (!isReport(report)) throw new TypeError('not a report')
  return report
}

function isReport(report: unknown): report is StoredReport {
  return reportSchema.safeParse(report).success
}

const importId = z.uuid()

/** «Данные на» as a form sends it: `2026-11-05T18:00`, Moscow time; nothing when left empty. */
export const asOfField = z
  .string()
  .transform((text, context): Date | undefined => {
    if (text === '') return undefined
    const found = /^(20\d\d-[01]\d-[0-3]\d)T([0-2]\d:[0-5]\d)(:[0-5]\d)?$/.exec(text)
    const instant = new Date(found ? `${found[1]}T${found[2]}:00+03:00` : Number.NaN)
    if (!Number.isNaN(instant.getTime())) return instant
    context.addIssue({ code: 'custom', message: 'Укажите день и время, например 05.11.2026, 18:00' })
    return z.NEVER
  })
  .optional()

/** «Проверить»: how the file is to be read. What is left out is found out from the file. */
export const checkForm = z.object({
  importId,
  /** Key of a profile, as `importReport().profiles` names it. */
  profile: z.string().max(100).optional(),
  encoding: z.string().max(20).optional(),
  /** A tab would not outlive the form: it comes as its name. */
  delimiter: z
    .string()
    .max(4)
    .transform((text) => (text === 'tab' ? '\t' : text))
    .optional(),
  asOf: asOfField,
})

/** «Загрузить». */
export const loadForm = z.object({
  importId,
  withoutRejects: z.preprocess((value) => value === 'on', z.boolean()),
})

/** «Остановить», «Отменить загрузку». */
export const importForm = z.object({ importId })

/** Why an upload was not kept, by the code in the address of the page it leads back to. */
export const uploadProblems = {
  empty: 'Файл пустой. Выгрузите его из биллинга ещё раз.',
  'too-big': 'Файл больше 200 МБ. Разделите выгрузку на части.',
  'not-a-file': 'Файл не выбран. Нажмите на поле «Файл» и укажите его.',
  truncated: 'Файл пришёл не целиком: связь оборвалась. Ничего не сохранено, отправьте его ещё раз.',
  'as-of': 'Поле «Данные на» заполнено неверно. Укажите день и время, например 05.11.2026, 18:00.',
  origin: 'Файл отправлен не со страницы личного кабинета. Откройте её по нашему адресу и отправьте ещё раз.',
  failure: 'Не получилось: сервис временно недоступен. Подождите минуту и отправьте файл ещё раз.',
} as const
export type UploadProblem = keyof typeof uploadProblems

/** The code of the address bar, if it is one of ours. */
export const uploadProblemCode = z.enum([
  'empty',
  'too-big',
  'not-a-file',
  'truncated',
  'as-of',
  'origin',
  'failure',
])

/** Most rows of a sheet of readings that are entered at once, and the largest file of them, bytes. */
export const MOST_SHEET_ROWS = 2_000
export const SHEET_FILE_LIMIT = 700 * 1024

const sheetRow = z.object({
  /** As an editor numbers them. */
  line: count,
  account: z.string(),
  serial: z.string(),
  /** T1, T2, T3 as they stand; as many as there are. */
  values: z.array(z.string()),
  /** As it stands; empty for the day of the form. */
  day: z.string(),
})
/** A row of a sheet of readings, its cells as they stand. */
export type SheetRow = z.infer<typeof sheetRow>

/** What became of a row. An odd one is stored once one of its `asks` is ticked: name and value of the tick, and its words. */
const rowAnswer = z.object({
  row: sheetRow,
  outcome: z.enum(['stored', 'same', 'doubt', 'failed']),
  words: z.string(),
  asks: z.array(z.object({ name: z.string(), value: z.string(), label: z.string() })),
})
export type RowAnswer = z.infer<typeof rowAnswer>

/** The answer to a sheet, as the action hands it to the page. */
export const sheetAnswer = z.string().transform((text) => z.array(rowAnswer).parse(JSON.parse(text)))

const noFile = (value: unknown) => (value instanceof File && value.size === 0 ? undefined : value)

/** «Записать» of a sheet: pasted rows or a file, the day of rows that name none, and the ticks at odd rows. */
export const sheetForm = z
  .object({
    rows: z.string(),
    file: z.preprocess(
      noFile,
      z
        .instanceof(File)
        .refine((file) => file.size <= SHEET_FILE_LIMIT, 'Файл больше 700 КБ. Разделите таблицу на части.')
        .optional(),
    ),
    takenOn: z.string().refine((text) => parseDay(text) !== undefined, 'Укажите день, например 24.11.2026'),
  })
  .catchall(z.string())
  .superRefine(({ rows, file }, context) => {
    if (!rows.trim() === !file)
      context.addIssue({
        code: 'custom',
        path: ['rows'],
        message: file ? 'Оставьте что-нибудь одно: строки или файл' : 'Вставьте строки или выберите файл',
      })
  })
