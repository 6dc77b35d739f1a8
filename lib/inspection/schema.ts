import { z } from 'zod'
import { auditFilterSchema } from '@/lib/audit/queries'

/** «Проверить»: nothing is asked. */
export const verifyForm = z.object({})

/** «Скачать»: the filter of the page, and for reading or for checking. */
export const journalForm = auditFilterSchema.omit({ before: true }).extend({
  format: z.enum(['csv', 'jsonl']).catch('csv'),
})
export type JournalForm = z.output<typeof journalForm>
