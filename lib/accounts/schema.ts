import { z } from 'zod'

/** Name of the cookie that remembers which account the cabinet shows. */
export const ACCOUNT_COOKIE = 'account'

/** Pages the account can be changed on. */
export const accountPages = [
  '/personal',
  '/personal/ledger',
  '/personal/readings',
  '/personal/enquiries/new',
] as const

/** «Сменить»: which account to show from now on, and the page to come back to. */
export const chooseAccountInput = z.object({
  account: z.string().min(1).max(40),
  back: z.enum(accountPages).catch('/personal'),
})

/** `?account=` of a page's address: one number; anything else counts as not given. */
export const wantedAccount = z.string().max(40).optional().catch(undefined)
