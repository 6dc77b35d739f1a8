'use client'

import type { FormView } from '@/app/_ui/form'
import { type Doubt, keepAnswer, takeAnswer } from '@/lib/readings/doubts'
import type { MeterState } from '@/lib/readings/queries'
import { doubtName } from '@/lib/readings/schema'
import { formatDial } from '@/lib/units/quantity'

/** Asks once about an odd value: the likely right one first, then the one typed. */
export function DoubtBox({ doubt, meter, view }: { doubt: Doubt; meter: MeterState; view: FormView }) {
  const name = doubtName(doubt.meterId, doubt.register)
  const typed = formatDial(doubt.value, meter.digitsBefore, meter.digitsAfter)
  const answers = [
    ...(doubt.offer ? [{ value: takeAnswer(doubt), label: doubt.offer }] : []),
    ...(doubt.keepable ? [{ value: keepAnswer(doubt), label: `Всё верно, на счётчике ${typed}` }] : []),
  ]
  return (
    <fieldset className="mt-2 rounded-r-card border-l-4 border-warn bg-warn-wash px-4 py-3">
      <legend className="sr-only">{`Проверьте: ${meter.title}`}</legend>
      <p id={`${name}-error`} className="font-medium">
        {doubt.words}
      </p>
      {answers.map(({ value, label }, place) => (
        <div key={value} className="flex items-start">
          <input
            id={place === 0 ? name : `${name}-${place}`}
            name={name}
            type="radio"
            value={value}
            defaultChecked={view.value(name) === value}
            aria-describedby={`${name}-error`}
            className="mt-2.5 size-6 shrink-0 accent-water"
          />
          <label
            htmlFor={place === 0 ? name : `${name}-${place}`}
            className="min-h-11 flex-1 py-2.5 pl-3 tabular-nums"
          >
            {label}
          </label>
        </div>
      ))}
      <p className="text-[0.94em] text-soft">Выберите или исправьте цифры и нажмите кнопку ещё раз.</p>
    </fieldset>
  )
}
