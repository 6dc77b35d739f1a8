'use client'

import { Badge, Card } from '@/app/_ui/box'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { submitReadingsAction } from '@/lib/readings/actions'
import type { MeterState } from '@/lib/readings/queries'
import { fieldName, turnedName } from '@/lib/readings/schema'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { formatDial, formatQuantity } from '@/lib/units/quantity'
import { RegisterField } from './register-field'

/** All meters of an account in one form with one button. */
export function ReadingsForm({
  accountNumber,
  meters,
  year,
}: {
  accountNumber: string
  meters: readonly MeterState[]
  /** Days of this year are told without it. */
  year: string
}) {
  return (
    <ServerForm action={submitReadingsAction} labels={labelsOf(meters)}>
      {(view) => (
        <>
          <input type="hidden" name="account" value={accountNumber} />
          <div className="grid items-start gap-4 wide:grid-cols-2">
            {meters.map((meter) => (
              <Meter key={meter.id} meter={meter} view={view} year={year} />
            ))}
          </div>
          <div className="grid wide:justify-start">
            <SubmitButton view={view}>Передать показания</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

function Meter({ meter, view, year }: { meter: MeterState; view: FormView; year: string }) {
  const sent = meter.registers.every((register) => register.sent)
  return (
    <Card>
      <div className="flex items-start justify-between gap-3">
        <h2>{meter.title}</h2>
        {sent ? <Badge tone="good">передано</Badge> : null}
      </div>
      <p className="text-[0.94em] text-soft">{`№ ${meter.serial} · ${before(meter, year)}`}</p>
      <div className={`mt-3 grid gap-3 ${columns[meter.registers.length] ?? ''}`}>
        {meter.registers.map((register) => (
          <RegisterField key={register.register} meter={meter} register={register} view={view} />
        ))}
      </div>
      {meter.average === undefined ? null : (
        <p className="mt-1 text-[0.94em] text-soft">
          {`Обычно около ${formatQuantity(meter.average)} ${meter.unit} в месяц`}
        </p>
      )}
      {sent ? <p className="mt-1 text-[0.94em] text-soft">Ошиблись? Исправьте и передайте ещё раз.</p> : null}
    </Card>
  )
}

const columns: Record<number, string> = { 2: 'grid-cols-2', 3: 'wide:grid-cols-3' }

/** «24 октября было 00315,204»; with several counters «24 октября было: день 012480, ночь 006114». */
function before(meter: MeterState, year: string): string {
  const known = meter.registers.flatMap(({ name, previous }) =>
    previous
      ? [{ name, text: formatDial(previous.value, meter.digitsBefore, meter.digitsAfter), previous }]
      : [],
  )
  const [first] = known
  if (!first) return 'первое показание'
  const on = dayWords(first.previous.takenOn, year)
  if (known.length === 1) return `${on} было ${first.text}`
  return `${on} было: ${known.map(({ name, text }) => `${name?.toLowerCase() ?? ''} ${text}`).join(', ')}`
}

function dayWords(of: CalendarDay, year: string): string {
  return formatDay(of, { year: !of.startsWith(year) })
}

function labelsOf(meters: readonly MeterState[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const meter of meters)
    for (const { register, name } of meter.registers) {
      const label = name ? `${meter.title}, ${name.toLowerCase()}` : meter.title
      labels[fieldName(meter.id, register)] = label
      labels[turnedName(meter.id, register)] = label
    }
  return labels
}
