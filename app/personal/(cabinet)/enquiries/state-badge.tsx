import { Badge } from '@/app/_ui/box'

const states = {
  open: { tone: 'water', words: 'ждёт ответа' },
  answered: { tone: 'good', words: 'есть ответ' },
  closed: { tone: 'plain', words: 'закрыто' },
} as const

/** What an enquiry of the person has come to. */
export function StateBadge({ state }: { state: keyof typeof states }) {
  return <Badge tone={states[state].tone}>{states[state].words}</Badge>
}
