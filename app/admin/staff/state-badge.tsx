import { Badge } from '@/app/_ui/box'
import type { StaffState } from '@/lib/access/staff-queries'

/** How a member of staff stands, in a word or two. */
export function StaffBadge({ state }: { state: StaffState }) {
  if (state === 'dismissed') return <Badge tone="bad">отстранён(а)</Badge>
  return state === 'active' ? <Badge tone="good">работает</Badge> : <Badge tone="warn">пароль не задан</Badge>
}

/** The second step of the sign-in: set up or not, and how many recovery codes are left. */
export function secondStepWords({ secondFactor, codesLeft }: { secondFactor: boolean; codesLeft: number }) {
  return secondFactor ? `настроен, запасных кодов: ${codesLeft}` : 'не настроен'
}
