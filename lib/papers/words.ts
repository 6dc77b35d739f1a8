import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import { maskedAccount } from './rules'
import type { ReadingsSlip } from './schema'

/** What a paper says to whoever checks it, name → value, `title` first: nothing that tells whose it is. */
export function factsOf(paper: {
  number: number
  issuedAt: Date
  body: ReadingsSlip
}): Record<string, string> {
  const { number, issuedAt, body } = paper
  const facts: Record<string, string> = {
    title: `Документ № ${number} выдан нами`,
    'Что это': 'Талон о переданных показаниях',
    Выдан: formatInstant(issuedAt),
    'Лицевой счёт': maskedAccount(body.accountNumber),
  }
  for (const line of body.lines) {
    const values = line.values.map(({ name, dial }) => (name ? `${name.toLowerCase()} ${dial}` : dial))
    facts[`${line.title}, № ${line.serial}`] =
      `${values.join(', ')} ${line.unit} — за ${formatPeriod(period(line.period))}, снято ${formatDay(day(line.takenOn))}`
  }
  return facts
}
