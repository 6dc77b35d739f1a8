import type { ReactNode } from 'react'
import { CabinetShell } from '@/app/_ui/cabinet-shell'
import { OnPhone } from '@/app/personal/_phone/on-phone'

export default function CabinetLayout({ children }: { children: ReactNode }) {
  return (
    <CabinetShell>
      <OnPhone />
      {children}
    </CabinetShell>
  )
}
