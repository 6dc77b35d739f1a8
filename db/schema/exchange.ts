import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytesColumn, instant, periodColumn, randomId } from '@/db/columns'
import { users } from './access'

export const importKinds = ['accounts', 'meters', 'charges', 'tariffs', 'payments', 'readings'] as const

/**
 * received → checking → checked → loading → loaded → undone; a check that was stopped or broke goes back to
 * `received` with its reason, a load that did goes back to `checked`.
 */
export const importStates = [
  'received',
  'checking',
  'checked',
  'loading',
  'loaded',
  'undoing',
  'undone',
] as const

/** One upload from billing: what it was, what the check found, whether it was loaded. */
export const imports = pgTable(
  'imports',
  {
    id: randomId(),
    /** Order of arrival; names the staging table. */
    number: bigint({ mode: 'number' }).notNull().unique().generatedAlwaysAsIdentity(),
    state: text({ enum: importStates }).notNull().default('received'),
    /** Null while no profile fits the file. */
    kind: text({ enum: importKinds }),
    fileName: text().notNull(),
    sha256: text().notNull(),
    size: bigint({ mode: 'number' }).notNull(),
    /** How the file is read; parsed by lib/exchange/profile.ts. Null while none fits. */
    profile: jsonb(),
    /** «Данные на»: the moment the figures of the file are of. Payments made later are not in them. */
    asOf: instant(),
    /** What the check found; parsed by lib/exchange/schema.ts. */
    report: jsonb(),
    /** Why the last check or load came to nothing, in words for staff. */
    problem: text(),
    stopRequestedAt: instant(),
    receivedAt: instant().notNull().default(sql`now()`),
    receivedBy: uuid().references(() => users.id),
    checkedAt: instant(),
    loadedAt: instant(),
    loadedBy: uuid().references(() => users.id),
    undoneAt: instant(),
    undoneBy: uuid().references(() => users.id),
  },
  (table) => [index().on(table.receivedAt)],
)

/** The bytes of an upload in parts of at most 1 MB, until it is loaded: any instance of the service can go on with it. */
export const importChunks = pgTable(
  'import_chunks',
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    part: integer().notNull(),
    bytes: bytesColumn().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.part] })],
)

/** A line of a file that cannot be loaded, with its cells as they stood: what the file of rejects is made of. */
export const importRejects = pgTable(
  'import_rejects',
  {
    importId: uuid()
      .notNull()
      .references(() => imports.id, { onDelete: 'cascade' }),
    line: integer().notNull(),
    column: text().notNull(),
    reason: text().notNull(),
    cells: text().array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.importId, table.line] })],
)

/** A row as it stood before an import changed it: what undoing puts back. Charges keep their own history. */
export const importBefore = pgTable(
  'import_before',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    importId: uuid()
      .notNull()
      .references(() => imports.id),
    tableName: text().notNull(),
    row: jsonb().notNull(),
  },
  (table) => [index().on(table.importId)],
)

/** How far a check, a load or an undoing has come; written beside the transaction that does the work. */
export const importProgress = pgTable('import_progress', {
  importId: uuid()
    .primaryKey()
    .references(() => imports.id, { onDelete: 'cascade' }),
  phase: text({ enum: ['reading', 'checking', 'comparing', 'writing', 'undoing'] }).notNull(),
  bytesRead: bigint({ mode: 'number' }).notNull().default(0),
  rowsRead: integer().notNull().default(0),
  rowsWritten: integer().notNull().default(0),
  startedAt: instant().notNull().default(sql`now()`),
  updatedAt: instant().notNull().default(sql`now()`),
})

/** A profile staff made: how the files of one kind from one program are read. The built-in ones are code. */
export const importProfiles = pgTable('import_profiles', {
  id: randomId(),
  name: text().notNull().unique(),
  /** Parsed by lib/exchange/profile.ts. */
  body: jsonb().notNull(),
  updatedAt: instant().notNull().default(sql`now()`),
  updatedBy: uuid().references(() => users.id),
})

export const exportKinds = ['readings', 'corrections', 'payments', 'missing-readings', 'paperless'] as const

/** What was handed out to billing: when, to whom, what of. */
export const exports = pgTable(
  'exports',
  {
    id: randomId(),
    kind: text({ enum: exportKinds }).notNull(),
    period: periodColumn(),
    format: text().notNull(),
    rows: integer().notNull(),
    /** Whether this hand-over locked the period (readings) or marked the payments as exported. */
    final: boolean().notNull().default(false),
    createdAt: instant().notNull().default(sql`now()`),
    createdBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (table) => [index().on(table.createdAt)],
)

/** The columns and format last chosen for a kind of export. */
export const exportChoices = pgTable('export_choices', {
  kind: text({ enum: exportKinds }).primaryKey(),
  value: jsonb().notNull(),
})

/** A period whose readings billing has taken: nothing of it changes any more. */
export const handedPeriods = pgTable(
  'handed_periods',
  {
    period: periodColumn().primaryKey(),
    exportId: uuid()
      .notNull()
      .references(() => exports.id),
    handedAt: instant().notNull().default(sql`now()`),
    handedBy: uuid()
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    unique().on(table.exportId),
    check('handed_periods_period', sql`${table.period} ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'`),
  ],
)
