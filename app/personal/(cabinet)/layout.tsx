import type { ReactNode } from 'react'
import { CabinetShell } from '@/app/_ui/cabinet-shell'

export default function CabinetLayout({ children }: { children: ReactNode }) {
  return <CabinetShell>{children}</CabinetShell>
}
