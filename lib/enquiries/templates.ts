import { and, asc, eq, ne, type SQL } from 'drizzle-orm'
import { db } from '@/db/client'
import { answerTemplates } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import type { TemplateInput } from './staff-schema'

/** An answer given often. */
export interface AnswerTemplate {
  id: string
  title: string
  body: string
}

/** All templates by title. */
export function answerTemplatesFor(_staff: Staff): Promise<AnswerTemplate[]> {
  return listed()
}

/** One template; undefined when there is none of that id. */
export async function answerTemplate(_staff: Staff, id: string): Promise<AnswerTemplate | undefined> {
  return (await listed(eq(answerTemplates.id, id)))[0]
}

function listed(condition?: SQL): Promise<AnswerTemplate[]> {
  return db()
    .select({ id: answerTemplates.id, title: answerTemplates.title, body: answerTemplates.body })
    .from(answerTemplates)
    .where(condition)
    .orderBy(asc(answerTemplates.title))
}

/** Adds or changes a template. Refused: `unknown`; invalid: `title` (another one has it). */
export async function saveTemplate(
  staff: Staff,
  { id, title, body }: TemplateInput,
  now: Date,
): Promise<Result<undefined, 'unknown'>> {
  return db().transaction(async (tx) => {
    const namesake = await tx.query.answerTemplates.findFirst({
      where: and(eq(answerTemplates.title, title), id ? ne(answerTemplates.id, id) : undefined),
    })
    if (namesake) return invalid({ title: 'Такая заготовка уже есть. Назовите иначе' })
    const values = { title, body, updatedAt: now, updatedBy: staff.userId }
    const [saved] = id
      ? await tx.update(answerTemplates).set(values).where(eq(answerTemplates.id, id)).returning()
      : await tx.insert(answerTemplates).values(values).returning()
    if (!saved) return refused('unknown', 'Этой заготовки уже нет.')
    const subject = { kind: 'answer-template', id: saved.id, label: title } as const
    await record(tx, staff, { action: 'answer-template.saved', subject })
    return ok()
  })
}

/** Removes a template; one that is gone already is gone. */
export async function dropTemplate(staff: Staff, { id }: { id: string }): Promise<Result> {
  return db().transaction(async (tx) => {
    const [gone] = await tx.delete(answerTemplates).where(eq(answerTemplates.id, id)).returning()
    if (!gone) return ok()
    const subject = { kind: 'answer-template', id, label: gone.title } as const
    await record(tx, staff, { action: 'answer-template.removed', subject })
    return ok()
  })
}
