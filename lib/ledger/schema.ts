import { z } from 'zod'
import { type Period, parsePeriod } from '@/lib/units/period'

/** The month of an address, `YYYY-MM` and no other spelling. */
export const periodOfAddress = z
  .string()
  .regex(/^\d{4}-\d{2}$/)
  .transform((text, context): Period => {
    const found = parsePeriod(text)
    if (found) return found
    context.addIssue({ code: 'custom', message: 'not a month' })
    return z.NEVER
  })
