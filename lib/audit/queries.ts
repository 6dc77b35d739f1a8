import { and, desc, eq, gte, ilike, lt, or } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { addDays, parseDay, startOfMoscowDay } from '@/lib/units/day'
import { cleanLine } from '@/lib/units/text'
import { auditActions } from './catalogue'

const PAGE = 100

/** Years outside these are slips of the keyboard, and some of them no instant the database knows. */
const calendarDay = z
  .string()
  .refine((text) => text >= '1900' && text < '2200')
  .transform((text) => parseDay(text))
  .optional()
  .catch(undefined)

const line = z.string().overwrite(cleanLine).max(100).optional().catch(undefined)

/** Filters of the journal, as they stand in the address; what cannot be read is no filter. */
export const auditFilterSchema = z.object({
  action: z
    .enum(Object.keys(auditActions) as [keyof typeof auditActions])
    .optional()
    .catch(undefined),
  who: line,
  subject: line,
  from: calendarDay,
  to: calendarDay,
  /** Id of the last row of the page before. */
  before: z.coerce.number().int().positive().optional().catch(undefined),
})
export type AuditFilter = z.output<typeof auditFilterSchema>

/**
 * A page of the journal, newest first. `reader` is whoever was let in as staff; it only proves that somebody was.
 * @returns at most 100 rows and where the next page starts
 */
export async function auditPage(_reader: { readonly userId: string }, filter: AuditFilter) {
  const rows = await db()
    .select()
    .from(auditLog)
    .where(and(auditConditions(filter), filter.before ? lt(auditLog.id, filter.before) : undefined))
    .orderBy(desc(auditLog.id))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  return { rows: shown, next: rows.length > PAGE ? shown.at(-1)?.id : undefined }
}

/** The rows a filter finds, wherever the page before ended. */
export function auditConditions({ action, who, subject, from, to }: Partial<AuditFilter>) {
  return and(
    action ? eq(auditLog.action, action) : undefined,
    who ? ilike(auditLog.actorLogin, `${escapeLike(who)}%`) : undefined,
    subject ? or(eq(auditLog.subjectLabel, subject), eq(auditLog.subjectId, subject)) : undefined,
    from ? gte(auditLog.at, startOfMoscowDay(from)) : undefined,
    to ? lt(auditLog.at, startOfMoscowDay(addDays(to, 1))) : undefined,
  )
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
