import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { OfficeShell } from '@/app/_ui/office-shell'

export const metadata: Metadata = {
  title: { default: 'Кабинет сотрудника', template: '%s — Кабинет сотрудника' },
}

export default function OfficeLayout({ children }: { children: ReactNode }) {
  return <OfficeShell>{children}</OfficeShell>
}
