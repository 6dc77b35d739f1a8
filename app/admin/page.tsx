import { redirect } from 'next/navigation'
import { requireStaff } from '@/lib/session/require'

/** The office opens on its queue. */
export default async function OfficePage() {
  await requireStaff('office.enter')
  redirect('/admin/requests')
}
