import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FinalSheet } from '@/app/_papers/final-statement'
import { paperForStaff } from '@/lib/papers/queries'
import { requireStaff } from '@/lib/session/require'

export const metadata: Metadata = { title: 'Итоговый расчёт' }

export default async function FinalStatementPage({
  params,
}: PageProps<'/admin/accounts/[number]/owner/papers/[id]'>) {
  const staff = await requireStaff('accounts.see')
  const paper = await paperForStaff(staff, (await params).id)
  if (paper?.kind !== 'final-statement') notFound()
  return <FinalSheet paper={paper} />
}
