import { type QueueFilter, queueSchema } from '@/lib/enquiries/staff-schema'
import { openedSearch, sealedSearch } from '@/lib/session/sealed-search'

/** The list's address with a filter a colleague can be sent; the usual values are left out, the words are sealed. */
export function queueAddress(filter: QueueFilter, path = '/admin/enquiries'): string {
  const usual: Record<string, unknown> = { state: 'open', who: 'all', q: '', page: 1 }
  const told = Object.entries({ ...filter, q: sealedSearch(filter.q) }).filter(
    ([name, value]) => value !== undefined && value !== usual[name],
  )
  const query = new URLSearchParams(told.map(([name, value]) => [name, String(value)])).toString()
  return query ? `${path}?${query}` : path
}

/** The filter an address of the list names. */
export function queueFilterOf(query: Record<string, string | string[] | undefined>): QueueFilter {
  return queueSchema.parse({ ...query, q: openedSearch(query.q) })
}
