import { day, formatDay, formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import type { NoDebtPaper, Paper, Slip } from './queries'
import { maskedAccount, maskedName } from './rules'

/** What a paper says to whoever checks it, name → value, `title` first: nothing that tells whose it is. */
export function factsOf(paper: Paper): Record<string, string> {
  return paper.kind === 'no-debt' ? noDebtFacts(paper) : slipFacts(paper)
}

function noDebtFacts({ number, issuedAt, body }: NoDebtPaper): Record<string, string> {
  return {
    title: `Документ № ${number} выдан нами`,
    'Что это': 'Справка об отсутствии задолженности',
    Выдан: formatInstant(issuedAt),
    Кому: maskedName(body.holderName),
    'Лицевой счёт': maskedAccount(body.accountNumber),
    Содержание: `На ${formatDay(day(body.on))} просроченной задолженности нет`,
  }
}

function slipFacts({ number, issuedAt, body }: Slip): Record<string, string> {
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
