import { z } from 'zod'
import { cleanLine } from '@/lib/units/text'

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

/** Lists of the office that are searched by words. */
export const searchedPages = [
  '/admin/people',
  '/admin/requests',
  '/admin/readings',
  '/admin/enquiries',
] as const

/** «Найти» of a list: which, what for, and the filter that stays. */
export const searchInput = z.object({
  page: z.enum(searchedPages),
  q: z.string().overwrite(cleanLine).max(200, 'Слишком длинно: наберите меньше слов.'),
  state: z.string().max(20).optional(),
})

/** `?account=` of a page's address: one number; anything else counts as not given. */
export const wantedAccount = z.string().max(40).optional().catch(undefined)
