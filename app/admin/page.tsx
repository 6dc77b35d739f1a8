import { notFound, redirect } from 'next/navigation'
import { roomsFor } from '@/app/_ui/office-rooms'
import { requireStaff } from '@/lib/session/require'

/** The office opens on the first room the person may enter: the queue, for whoever decides. */
export default async function OfficePage() {
  const { roles } = await requireStaff('office.enter')
  const [first] = roomsFor(roles)
  if (!first) notFound()
  redirect(first.href)
}
