import type { ComparisonRow, Verdict } from './comparison'

/** What the comparison amounts to; `likely` is a hint for staff, never a decision. */
export interface Summary {
  likely: 'yes' | 'unsure' | 'no'
  title: string
  text: string
}

/** The comparison in words: how much agrees, and what does not. Source: design of identification, clause 3.1. */
export function summarise(rows: readonly ComparisonRow[]): Summary {
  const compared = rows.filter((row) => row.verdict !== 'unknown')
  const agreeing = compared.filter((row) => agrees(row.verdict))
  const doubts = compared.filter((row) => !agrees(row.verdict))
  const count = `Совпало ${agreeing.length} из ${compared.length}`
  const text = doubts.length === 0 ? `${count}.` : `${count}; ${doubts.map(doubtWords).join('; ')}.`
  return { ...judge(rows, agreeing.length, doubts), text }
}

function judge(rows: readonly ComparisonRow[], agreeing: number, doubts: readonly ComparisonRow[]) {
  const verdictOf = (label: string) => rows.find((row) => row.label === label)?.verdict ?? 'unknown'
  if (verdictOf('Лицевой счёт') === 'different')
    return { likely: 'no', title: 'Подтвердить нельзя: нет открытого счёта' } as const
  if (verdictOf('ФИО') === 'different') return { likely: 'no', title: 'Не похоже на владельца' } as const
  const knows = ['Счётчик', 'Последняя квитанция'].some((label) => verdictOf(label) === 'known')
  const knowing = knows || verdictOf('Телефон') === 'same'
  const enough = knowing || verdictOf('Адрес регистрации') === 'same'
  const likely = agreeing >= 3 && doubts.length <= 1 && enough && verdictOf('ФИО') !== 'unknown'
  return likely
    ? ({ likely: 'yes', title: 'Похоже, это владелец' } as const)
    : ({ likely: 'unsure', title: 'Присмотритесь' } as const)
}

function agrees(verdict: Verdict): boolean {
  return verdict === 'same' || verdict === 'known'
}

function doubtWords({ label, words }: ComparisonRow): string {
  return `${label.toLowerCase().replace('фио', 'ФИО')} — ${words}`
}
