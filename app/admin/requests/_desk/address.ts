import { type QueueFilter, queueFilter } from '@/lib/requests/schema'
import { openedSearch, sealedSearch } from '@/lib/session/sealed-search'

/** The address of the list or of one request in it, with the filter a colleague can be sent. */
export function deskAddress({ state, q }: QueueFilter, id = ''): string {
  const query = new URLSearchParams({
    ...(state === 'waiting' ? {} : { state }),
    ...(q ? { q: sealedSearch(q) } : {}),
  }).toString()
  return `/admin/requests${id ? `/${id}` : ''}${query ? `?${query}` : ''}`
}

/** The filter an address of the desk names. */
export function filterOf(query: Record<string, string | string[] | undefined>): QueueFilter {
  return queueFilter.parse({ ...query, q: openedSearch(query.q) })
}
