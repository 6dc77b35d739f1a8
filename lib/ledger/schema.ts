import { z } from 'zod'
import { type Period, parsePeriod } from '@/lib/units/period'
import { cleanLine } from '@/lib/units/text'

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

/** `?year=`: four digits; anything else counts as not given. */
export const yearOfAddress = z
  .string()
  .regex(/^20\d\d$/)
  .transform(Number)
  .optional()
  .catch(undefined)

/** What «только» a search can ask for. */
export const onlyKinds = ['recalculated', 'benefit', 'penalty'] as const
const onlyKind = z.enum(onlyKinds)
const month = periodOfAddress.optional().catch(undefined)

/** The search over years as its address carries it; what cannot be read counts as not asked. */
export const ledgerSearch = z.object({
  service: z.coerce.number().int().positive().max(2_147_483_647).optional().catch(undefined),
  from: month,
  to: month,
  /** Any of them is enough. */
  only: z
    .union([onlyKind.transform((one) => [one]), z.array(onlyKind)])
    .catch([])
    .default([]),
  /** Part of a service's name. */
  q: z.string().max(200).transform(cleanLine).catch(''),
})
export type LedgerSearch = z.infer<typeof ledgerSearch>

/** What of one's own charges to export, and how; everything when no year is named. */
export const exportAsked = z.object({
  format: z.enum(['csv', 'xlsx']),
  year: yearOfAddress,
})

const chosenMonth = z
  .string()
  .optional()
  .transform((text, context): Period => {
    const found = periodOfAddress.safeParse(text).data
    if (found) return found
    context.addIssue({ code: 'custom', message: 'Выберите месяц' })
    return z.NEVER
  })

/** «Получить справку» of the charges of a period of an account. */
export const chargesForm = z.object({ account: z.string().max(20), from: chosenMonth, to: chosenMonth })

/** How the bills of an account come: by e-mail instead of paper, or on paper. */
export const paperlessInput = z.object({
  account: z.string().min(1).max(40),
  paperless: z.enum(['yes', 'no']).transform((answer) => answer === 'yes'),
})

const LONGEST_SEARCH = 200
/** As long as the text of a payment code may be. */
const LONGEST_CODE = 4_000

/** What staff look for among the accounts: words, or the text of a bill's payment code. */
export const accountSearch = z.object({
  q: z
    .string()
    .overwrite(cleanLine)
    .max(LONGEST_CODE, 'Слишком длинный текст')
    .refine(
      (text) => isPaymentCode(text) || text.length <= LONGEST_SEARCH,
      'Слишком длинный запрос: до 200 знаков',
    ),
})

/** Whether a text begins as a payment code does (ГОСТ Р 56042-2014). */
export function isPaymentCode(text: string): boolean {
  return text.startsWith('ST000')
}
