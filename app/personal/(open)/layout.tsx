import type { ReactNode } from 'react'
import { OpenShell } from '@/app/_ui/open-shell'

export default function OpenLayout({ children }: { children: ReactNode }) {
  return <OpenShell>{children}</OpenShell>
}
