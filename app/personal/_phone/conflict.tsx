'use client'

import { Notice } from '@/app/_ui/box'
import { Button } from '@/app/_ui/button'
import { formatInstant } from '@/lib/units/day'
import { sendWaiting } from './queue'
import type { Difference, Sending } from './sending'
import { dropSending, keepSending } from './store'

/** Another value was sent while the phone had no signal: both with their times, and the person says which stands. */
export function ConflictNotice({
  sending,
  differences,
}: {
  sending: Sending
  differences: readonly Difference[]
}) {
  return (
    <Notice tone="warn" role="alert" title="Пока телефон был без связи, передали другие показания">
      <ul className="mt-1 grid gap-2">
        {differences.map(({ field, label, typed, inForce, at }) => (
          <li key={field}>
            <p className="font-medium">{label}</p>
            <p>
              {`На телефоне ${formatInstant(new Date(sending.takenAt))}: `}
              <strong className="tabular-nums">{typed}</strong>
            </p>
            <p>
              {`Передано ${formatInstant(new Date(at))}: `}
              <strong className="tabular-nums">{inForce}</strong>
            </p>
          </li>
        ))}
      </ul>
      <p className="mt-2">Какие верные?</p>
      <div className="mt-2 flex flex-wrap gap-3">
        <Button type="button" look="second" onClick={() => again(typedStands(sending, differences))}>
          Передать те, что на телефоне
        </Button>
        <Button type="button" look="second" onClick={() => again(inForceStands(sending, differences))}>
          Оставить переданные
        </Button>
      </div>
    </Notice>
  )
}

/** The phone now knows what is in force, and sends its own in full knowledge. */
function typedStands(sending: Sending, differences: readonly Difference[]): Sending {
  const inForce = differences.map(({ field, inForce }) => [field, inForce])
  return { ...sending, known: { ...sending.known, ...Object.fromEntries(inForce) } }
}

/** The meters in question are left out; what was typed of the others still goes. */
function inForceStands(sending: Sending, differences: readonly Difference[]): Sending {
  const settled = new Set(differences.map(({ field }) => meterOf(field)))
  const values = Object.entries(sending.values).filter(([field]) => !settled.has(meterOf(field)))
  return { ...sending, values: Object.fromEntries(values) }
}

function again(sending: Sending): void {
  dropSending(sending.key)
  const some = Object.entries(sending.values).some(([field, text]) => meterOf(field) && text)
  if (!some) return
  keepSending({ ...sending, key: crypto.randomUUID(), answer: undefined })
  void sendWaiting(sending.owner)
}

/** The meter of a field or of a tick beside it. */
function meterOf(field: string): string | undefined {
  return /^m\d+r/.exec(field)?.[0]
}
