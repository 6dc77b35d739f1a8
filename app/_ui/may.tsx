import type { ReactNode } from 'react'
import { may, type Permission } from '@/lib/session/permissions'
import { currentSession } from '@/lib/session/require'

/**
 * Shows what is for those who may do that, and `otherwise` to the rest. Only for the eyes: what is not shown is refused all
 * the same where it is done.
 */
export async function May({
  permission,
  otherwise = null,
  children,
}: {
  permission: Permission
  otherwise?: ReactNode
  children: ReactNode
}) {
  const session = await currentSession()
  return session.kind === 'live' && may(session.user.roles, permission) ? children : otherwise
}
