import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { placesFor, servicesFor } from '@/lib/notices/staff'
import { requireStaff } from '@/lib/session/require'
import { NoticesNav } from '../nav'
import { NoticeForm } from './notice-form'

export const metadata: Metadata = { title: 'Новое объявление' }

export default async function NewNoticePage() {
  const staff = await requireStaff('notices.publish')
  const [places, services] = await Promise.all([placesFor(staff), servicesFor(staff)])
  return (
    <div className="grid max-w-3xl gap-5">
      <h1>Новое объявление</h1>
      <NoticesNav />
      <NoticeForm sendingKey={randomUUID()} places={places} services={services} />
    </div>
  )
}
