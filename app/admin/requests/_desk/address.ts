import type { QueueFilter } from '@/lib/requests/schema'

/** The address of the list or of one request in it, with the filter a colleague can be sent. */
export function deskAddress({ state, q }: QueueFilter, id = ''): string {
  const query = new URLSearchParams({
    ...(state === 'waiting' ? {} : { state }),
    ...(q ? { q } : {}),
  }).toString()
  return `/admin/requests${id ? `/${id}` : ''}${query ? `?${query}` : ''}`
}
