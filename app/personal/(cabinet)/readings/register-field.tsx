'use client'

import { useState } from 'react'
import { CheckField, TextField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'
import type { MeterState, RegisterState } from '@/lib/readings/queries'
import { compare, readTyped, type Verdict } from '@/lib/readings/rules'
import { fieldName, turnedName } from '@/lib/readings/schema'
import { formatDial, formatQuantity, type MeterValue, toDecimal } from '@/lib/units/quantity'
import { Cost, type Prices } from './cost'

/** One counter's field; with JavaScript it tells the consumption as one types, without it the answer tells. */
export function RegisterField({
  meter,
  register,
  view,
  price,
  blank = false,
  autoFocus,
}: {
  meter: MeterState
  register: RegisterState
  view: FormView
  /** What one unit costs; undefined where it is not known. */
  price?: Prices[string] | undefined
  /** Begins empty, whatever was sent already. */
  blank?: boolean
  autoFocus?: boolean
}) {
  const name = fieldName(meter.id, register.register)
  const sent = register.sent && formatDial(register.sent.value, meter.digitsBefore, meter.digitsAfter)
  const start = view.value(name, blank ? undefined : sent)
  const [text, setText] = useState(start ?? '')
  const typed = readTyped(text, meter)
  const verdict = typed.ok ? compare(typed.value, register.previous?.value, meter) : undefined
  return (
    <div>
      <TextField
        name={name}
        label={
          <>
            {`${register.name ?? 'Сейчас на счётчике'}, ${meter.unit}`}
            <span className="sr-only">{` — ${meter.title}`}</span>
          </>
        }
        error={view.error(name)}
        defaultValue={start}
        onInput={(event) => setText(event.currentTarget.value)}
        inputMode="decimal"
        autoComplete="off"
        autoFocus={autoFocus}
        className="min-h-[60px] text-[1.45rem] tracking-wide tabular-nums"
      />
      <p aria-live="polite" className={`mt-1 text-[0.94em] ${verdict?.kind === 'turned' ? '' : 'min-h-6'}`}>
        {verdict && !view.error(name) ? consumption(verdict, meter.unit, price) : null}
      </p>
      {typed.ok && verdict?.kind === 'turned' && register.previous ? (
        <Turned
          key={toDecimal(typed.value)}
          meter={meter}
          name={turnedName(meter.id, register.register)}
          previous={register.previous.value}
          value={typed.value}
          used={verdict.used}
          confirmed={register.sent?.rolledOver === true && register.sent.value === typed.value}
          view={view}
        />
      ) : null}
    </div>
  )
}

function consumption(verdict: Verdict, unit: string, price: Prices[string] | undefined) {
  if (verdict.kind === 'used')
    return (
      <>
        <span className="text-soft">Расход </span>
        <strong className="tabular-nums">{`${formatQuantity(verdict.used)} ${unit}`}</strong>
        <Cost used={verdict.used} price={price} />
      </>
    )
  return verdict.kind === 'lower' ? <span className="text-soft">Пока меньше прошлых показаний</span> : null
}

/** Asks whether the counter passed zero; the tick confirms this value only. */
function Turned({
  meter,
  name,
  previous,
  value,
  used,
  confirmed,
  view,
}: {
  meter: MeterState
  name: string
  previous: MeterValue
  value: MeterValue
  used: MeterValue
  confirmed: boolean
  view: FormView
}) {
  const dial = (of: MeterValue) => formatDial(of, meter.digitsBefore, meter.digitsAfter)
  return (
    <div className="mt-2 rounded-r-card border-l-4 border-warn bg-warn-wash px-4 py-3">
      <CheckField
        name={name}
        value={toDecimal(value)}
        defaultChecked={confirmed || view.value(name) === toDecimal(value)}
        label={`Счётчик перешёл через ноль: было ${dial(previous)}, стало ${dial(value)}, расход ${formatQuantity(used)}`}
        error={view.error(name)}
      />
    </div>
  )
}
