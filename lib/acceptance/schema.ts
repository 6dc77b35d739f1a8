import { z } from 'zod'

/** «Принимаю»: which versions were read, and the ticks where the page has them. */
export const acceptForm = z.object({
  /** «agreement-2 consent-3»: what the page showed. */
  seen: z.string().max(60),
  agreement: z.string().optional(),
  consent: z.string().optional(),
  next: z
    .string()
    .regex(/^\/personal(\/[\w-]+)*$/)
    .optional()
    .catch(undefined),
})
export type AcceptForm = z.output<typeof acceptForm>

/** Where to go on from the page; the front page for an address it does not take. */
export const nextPage = acceptForm.shape.next
