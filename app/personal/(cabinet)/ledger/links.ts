import type { OneAccount } from '@/app/personal/_overview/account'

/** Makes addresses that stay with the account a page shows, when there is a choice. */
export type LinkTo = (path: string, query?: Record<string, string | number>) => string

/** See `LinkTo`. */
export function linksOf({ account, all }: OneAccount): LinkTo {
  return (path, query = {}) => {
    const entries = Object.entries(query).map(([name, value]) => [name, String(value)])
    const own = all.length > 1 ? [['account', account.accountNumber]] : []
    const text = new URLSearchParams([...own, ...entries]).toString()
    return text ? `${path}?${text}` : path
  }
}
