import type { Metadata } from 'next'
import { actsOf } from '@/lib/privacy/acts'
import { requireStaff } from '@/lib/session/require'
import { PrivacyNav } from '../nav'
import { ActsTable } from './table'

export const metadata: Metadata = { title: 'Акты об уничтожении' }

export default async function ActsPage() {
  const staff = await requireStaff('privacy.see')
  return (
    <div className="grid gap-5">
      <h1>Акты об уничтожении персональных данных</h1>
      <PrivacyNav here="/admin/privacy/acts" />
      <ActsTable acts={await actsOf(staff)} />
    </div>
  )
}
