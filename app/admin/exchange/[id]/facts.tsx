import { Card } from '@/app/_ui/box'
import type { ImportView } from '@/lib/exchange/queries'
import { importKindNames, type Report } from '@/lib/exchange/schema'
import { formatInstant } from '@/lib/units/day'
import { formatPeriod, period } from '@/lib/units/period'
import { formatCount } from '../parts'
import { delimiterNames, delimiterValue, encodingNames, typeNames } from '../words'

/** What is known of an upload. */
export function Facts({ of }: { of: ImportView }) {
  const facts = [...aboutFile(of), ...(of.report ? aboutReport(of.report) : []), ...aboutPeople(of)]
  return (
    <Card className="max-w-3xl">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-soft">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

type Fact = [name: string, value: string]

function aboutFile({ kind, profile, preview, asOf, size }: ImportView): Fact[] {
  return [
    ...fact('Что в файле', kind && importKindNames[kind]),
    ...fact('Размер', sizeWords(size)),
    ...fact('Профиль', profile?.name),
    ...(preview && !preview.problem
      ? [
          ...fact('Тип', typeNames[preview.type]),
          ...fact('Кодировка', preview.type === 'xlsx' ? undefined : encodingNames[preview.encoding]),
          ...fact(
            'Разделитель',
            preview.type === 'csv' ? nameOfDelimiter(delimiterValue(preview.delimiter)) : undefined,
          ),
        ]
      : []),
    ...fact('Данные на', asOf && formatInstant(asOf)),
  ]
}

function aboutReport(report: Report): Fact[] {
  return [
    ...fact('Периоды', report.periods.map((one) => formatPeriod(period(one))).join(', ')),
    ...fact('Строк', formatCount(report.rows)),
    ...fact('Принято', formatCount(report.accepted)),
    ...fact('Отклонено', formatCount(report.rejectCount)),
    ...(report.refusal
      ? []
      : fact('Контрольный итог', report.control ? 'сошёлся' : 'профиль его не требует, не сверяли')),
  ]
}

function aboutPeople({ receivedBy, receivedAt, loadedAt, loadedBy, undoneAt, undoneBy }: ImportView): Fact[] {
  return [
    ...fact('Кто принёс файл', `${receivedBy}, ${formatInstant(receivedAt)}`),
    ...fact('Кто загрузил', loadedAt && `${loadedBy}, ${formatInstant(loadedAt)}`),
    ...fact('Кто отменил загрузку', undoneAt && `${undoneBy}, ${formatInstant(undoneAt)}`),
  ]
}

function fact(name: string, value: string | null | undefined): Fact[] {
  return value ? [[name, value]] : []
}

function nameOfDelimiter(value: string): string | undefined {
  return Object.entries(delimiterNames).find(([key]) => key === value)?.[1]
}

function sizeWords(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1024))
  if (kilobytes < 1024) return `${kilobytes} КБ`
  return `${(kilobytes / 1024).toFixed(1).replace('.', ',')} МБ`
}
