'use client'

import { useEffect, useRef } from 'react'
import { Badge, Notice } from '@/app/_ui/box'
import { type FormView, SubmitButton } from '@/app/_ui/form'
import { WideTable } from '@/app/_ui/wide-table'
import type { RowAnswer } from '@/lib/exchange/schema'
import { fileOf } from './rows'

const outcomes = {
  doubt: { words: 'проверьте', counted: 'Проверить', tone: 'warn' },
  failed: { words: 'ошибка', counted: 'С ошибкой', tone: 'bad' },
  stored: { words: 'записано', counted: 'Записано', tone: 'good' },
  same: { words: 'уже было', counted: 'Уже было', tone: 'plain' },
} as const
const order = ['doubt', 'failed', 'stored', 'same'] as const

/** What became of every row: those that want something first, odd ones with ticks. */
export function Answers({ answers, view }: { answers: readonly RowAnswer[]; view: FormView }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (answers.length > 0) box.current?.focus()
  }, [answers])
  const left = answers.filter(({ outcome }) => outcome === 'failed' || outcome === 'doubt')
  const asked = answers.some(({ asks }) => asks.length > 0)
  const sorted = [...answers].sort(
    (a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || a.row.line - b.row.line,
  )
  return (
    <div ref={box} tabIndex={-1} autoFocus className="grid gap-4 outline-none">
      <Notice tone={left.length > 0 ? 'warn' : 'good'} role="status" title={countsOf(answers)}>
        {left.length > 0 ? (
          <p>
            Незаписанные строки остались в поле выше: исправьте их там и нажмите «Записать».{' '}
            <a
              href={fileOf(left)}
              download="Строки с ошибками.csv"
              className="inline-flex min-h-11 items-center"
            >
              Скачать строки с ошибками
            </a>
          </p>
        ) : null}
      </Notice>
      <WideTable label="Ответ по строкам" heads={['Строка', 'Ответ', 'Счёт', 'Счётчик', 'Показания', 'Дата']}>
        {sorted.map((answer) => (
          <Row key={answer.row.line} answer={answer} />
        ))}
      </WideTable>
      {asked ? (
        <div>
          <SubmitButton view={view}>Записать отмеченные</SubmitButton>
        </div>
      ) : null}
    </div>
  )
}

/** «Проверить: 3. С ошибкой: 2. Записано: 95.» */
function countsOf(answers: readonly RowAnswer[]): string {
  return order
    .map((of) => [of, answers.filter(({ outcome }) => outcome === of).length] as const)
    .flatMap(([of, count]) => (count > 0 ? `${outcomes[of].counted}: ${count}.` : []))
    .join(' ')
}

function Row({ answer: { row, outcome, words, asks } }: { answer: RowAnswer }) {
  const { words: badge, tone } = outcomes[outcome]
  return (
    <tr className="align-top">
      <td className="tabular-nums">{row.line}</td>
      <td className="min-w-64">
        <Badge tone={tone}>{badge}</Badge>
        {outcome === 'stored' || outcome === 'same' ? null : <p className="mt-1">{words}</p>}
        {asks.map(({ name, value, label }, place) => (
          <label key={`${name} ${value}`} className="flex min-h-11 items-center gap-2.5">
            <input
              type={asks.some((other, at) => at !== place && other.name === name) ? 'radio' : 'checkbox'}
              name={name}
              value={value}
              className="size-6 shrink-0 accent-water"
            />
            {label}
          </label>
        ))}
      </td>
      <td>{row.account}</td>
      <td className="whitespace-nowrap">{row.serial}</td>
      <td className="whitespace-nowrap">{row.values.join(' · ')}</td>
      <td className="whitespace-nowrap">{row.day}</td>
    </tr>
  )
}
