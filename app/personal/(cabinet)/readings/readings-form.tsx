'use client'

import { Fragment, type ReactNode } from 'react'
import { Badge, Card } from '@/app/_ui/box'
import { type FormView, ServerForm, SubmitButton } from '@/app/_ui/form'
import { type Doubt, findDoubts } from '@/lib/readings/doubts'
import type { MeterState } from '@/lib/readings/queries'
import { readTyped } from '@/lib/readings/rules'
import { counterTitle, doubtName, fieldName, turnedName } from '@/lib/readings/schema'
import type { FormState } from '@/lib/result'
import { type CalendarDay, formatDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { formatDial, formatQuantity, type MeterValue } from '@/lib/units/quantity'
import type { Prices } from './cost'
import { DoubtBox } from './doubt-box'
import { MeterLink } from './meter-link'
import { keeping, OnForm } from './offline'
import { RegisterField } from './register-field'

/** All meters of an account in one form with one button, whoever sends it. */
export function ReadingsForm({
  action,
  hidden,
  meters,
  headings = {},
  year,
  windows = false,
  prices = {},
  notes = {},
  owner,
  linked = false,
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>
  /** What the form carries besides the values: whose they are. */
  hidden: Readonly<Record<string, string>>
  meters: readonly MeterState[]
  /** Meter → what stands above it: with several accounts, whose the next ones are. */
  headings?: Readonly<Record<number, { address: string; accountNumber: string }>>
  /** Days of this year are told without it. */
  year: string
  /** Whether each meter tells its own window. */
  windows?: boolean
  /** What one unit costs, by field; none where a person may not see it. */
  prices?: Prices
  /** A sentence to stand on a meter's card, by meter. */
  notes?: Readonly<Record<number, string>>
  /** Whose phone keeps what is typed; undefined where nothing may be kept. */
  owner?: string | undefined
  /** Whether each meter leads to its page: for those who may see it. */
  linked?: boolean
  /** More fields above the button. */
  children?: ReactNode
}) {
  const kept = { owner, ...keptOf(meters) }
  return (
    <ServerForm action={keeping(action, kept)} labels={labelsOf(meters)}>
      {(view) => {
        const doubts = doubtsIn(meters, view)
        return (
          <>
            <OnForm kept={kept} />
            {Object.entries(hidden).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <div className="grid items-start gap-4 wide:grid-cols-2">
              {meters.map((meter) => (
                <Fragment key={meter.id}>
                  {headings[meter.id] ? <Heading of={headings[meter.id]} /> : null}
                  <Meter {...{ meter, view, year, windows, linked, doubts, prices }} note={notes[meter.id]} />
                </Fragment>
              ))}
            </div>
            {children}
            <div className="grid wide:justify-start">
              <SubmitButton view={view}>Передать показания</SubmitButton>
            </div>
          </>
        )
      }}
    </ServerForm>
  )
}

function Heading({ of }: { of: { address: string; accountNumber: string } | undefined }) {
  return (
    <h2 className="mt-2 wide:col-span-2">
      {of?.address}
      <span className="block text-[0.8em] font-normal text-soft">{`Счёт ${of?.accountNumber}`}</span>
    </h2>
  )
}

/** The doubts the last answer asked about, as the server saw them. */
export function doubtsIn(meters: readonly MeterState[], view: FormView): Doubt[] {
  const values = new Map<string, MeterValue>()
  for (const meter of meters)
    for (const { register } of meter.registers) {
      const typed = readTyped(view.value(fieldName(meter.id, register)) ?? '', meter)
      if (typed.ok) values.set(fieldName(meter.id, register), typed.value)
    }
  return findDoubts(meters, values).filter(({ meterId, register }) => {
    const name = doubtName(meterId, register)
    return view.error(name) !== undefined || view.value(name) !== undefined
  })
}

function Meter({
  meter,
  view,
  year,
  windows,
  linked,
  doubts,
  prices,
  note,
}: {
  meter: MeterState
  view: FormView
  year: string
  windows: boolean
  linked: boolean
  doubts: readonly Doubt[]
  prices: Prices
  note: string | undefined
}) {
  const sent = meter.registers.every((register) => register.sent)
  return (
    <Card>
      <div className="flex items-start justify-between gap-3">
        <h2>{meter.title}</h2>
        {sent ? <Badge tone="good">передано</Badge> : null}
      </div>
      <p className="text-[0.94em] text-soft">{`№ ${meter.serial} · ${before(meter, year)}`}</p>
      {windows ? <p className="text-[0.94em] text-soft">{windowWords(meter, year)}</p> : null}
      <div className={`mt-3 grid gap-3 ${columns[meter.registers.length] ?? ''}`}>
        {meter.registers.map((register) => (
          <RegisterField
            key={register.register}
            {...{ meter, register, view }}
            price={prices[fieldName(meter.id, register.register)]}
          />
        ))}
      </div>
      {doubts
        .filter((doubt) => doubt.meterId === meter.id)
        .map((doubt) => (
          <DoubtBox key={doubt.register} {...{ doubt, meter, view }} />
        ))}
      {meter.average === undefined ? null : (
        <p className="mt-1 text-[0.94em] text-soft">
          {`Обычно около ${formatQuantity(meter.average)} ${meter.unit} в месяц`}
        </p>
      )}
      {note ? <p className="mt-2 text-[0.94em] text-warn">{note}</p> : null}
      {sent ? <p className="mt-1 text-[0.94em] text-soft">Ошиблись? Исправьте и передайте ещё раз.</p> : null}
      {linked ? <MeterLink meter={meter} /> : null}
    </Card>
  )
}

const columns: Record<number, string> = { 2: 'grid-cols-2', 3: 'wide:grid-cols-3' }

/** «24 октября было 00315,204»; with several counters «24 октября было: день 012480, ночь 006114». */
export function before(meter: MeterState, year: string): string {
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

/** «За ноябрь 2026, до 25 ноября»; «За декабрь 2026, приём с 15 по 25 декабря». */
export function windowWords(
  { period, window: { open, opensOn, closesOn } }: MeterState,
  year: string,
): string {
  const month = `За ${formatPeriod(period)}`
  return open
    ? `${month}, до ${dayWords(closesOn, year)}`
    : `${month}, приём с ${dayWords(opensOn, year)} по ${dayWords(closesOn, year)}`
}

function dayWords(of: CalendarDay, year: string): string {
  return formatDay(of, { year: !of.startsWith(year) })
}

/** What a phone keeps of the meters beside what is typed: the dials in force, and what the fields are called. */
function keptOf(meters: readonly MeterState[]) {
  const known: Record<string, string> = {}
  const labels: Record<string, string> = {}
  for (const { id, title, serial, registers, digitsBefore, digitsAfter } of meters)
    for (const { register, name, sent } of registers) {
      const field = fieldName(id, register)
      known[field] = sent ? formatDial(sent.value, digitsBefore, digitsAfter) : ''
      labels[field] = counterTitle(title, name, serial)
    }
  return { known, labels }
}

export function labelsOf(meters: readonly MeterState[]): Record<string, string> {
  const labels: Record<string, string> = {}
  for (const meter of meters)
    for (const { register, name } of meter.registers) {
      const label = name ? `${meter.title}, ${name.toLowerCase()}` : meter.title
      labels[fieldName(meter.id, register)] = label
      labels[turnedName(meter.id, register)] = label
      labels[doubtName(meter.id, register)] = label
    }
  return labels
}
