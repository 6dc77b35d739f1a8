import { Badge } from '@/app/_ui/box'
import type { PaymentState } from '@/lib/payments/rules'
import { stateNames } from './words'

const tones = {
  created: 'warn',
  pending: 'water',
  waiting_for_capture: 'water',
  succeeded: 'good',
  canceled: 'plain',
  quarantined: 'bad',
} as const

/** Where a payment stands. */
export function StateBadge({ state }: { state: PaymentState }) {
  return <Badge tone={tones[state]}>{stateNames[state]}</Badge>
}
