import { createHmac } from 'node:crypto'
import { env } from '@/lib/env'
import type { Subscriber } from './require'

/**
 * Whose phone a browser is, in a form the browser may keep: opaque, always the same for one person. Undefined on
 * «Чужой компьютер», where nothing is kept.
 */
export function phoneOwner({ userId, mode }: Subscriber): string | undefined {
  if (mode !== 'own') return undefined
  return createHmac('sha256', env().AUTH_SECRET).update(`phone:${userId}`).digest('base64url').slice(0, 22)
}
