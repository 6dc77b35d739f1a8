import { and, inArray, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { readings } from '@/db/schema'
import { accountsOf, ownedSince } from '@/lib/accounts/queries'
import type { Subscriber } from '@/lib/session/require'
import { formatDial } from '@/lib/units/quantity'
import { type MeterState, readingsState } from './queries'
import { readTyped } from './rules'
import { counterTitle, fieldName, namedMeters, type ReadingsInput } from './schema'

/** A value typed and another one in force for the same month, as the dial shows them; `at` is when the latter came. */
export interface Difference {
  field: string
  label: string
  typed: string
  inForce: string
  at: string
}

/** Where a form's values differ from those in force for the months they would be stored for if they were read at `takenAt`. */
export async function differencesFrom(
  subscriber: Subscriber,
  input: ReadingsInput,
  takenAt: Date,
): Promise<Difference[]> {
  const own = await accountsOf(subscriber)
  const states = await Promise.all(own.map(({ id }) => readingsState(subscriber, id, takenAt)))
  const rows = await inForceOf(subscriber, namedMeters(input))
  return states.flatMap(({ meters }) => meters).flatMap((meter) => differencesIn(meter, input, rows))
}

type InForce = Awaited<ReturnType<typeof inForceOf>>[number]

function inForceOf(subscriber: Subscriber, meterIds: number[]) {
  const { meterId, register, period, value, receivedAt } = readings
  return db()
    .select({ meterId, register, period, value, receivedAt })
    .from(readings)
    .where(
      and(
        inArray(readings.meterId, meterIds),
        ownedSince(subscriber, readings.accountId, { day: readings.takenOn }),
        isNull(readings.supersededAt),
      ),
    )
}

function differencesIn(meter: MeterState, input: ReadingsInput, rows: readonly InForce[]): Difference[] {
  const { id, title, serial, period, digitsBefore, digitsAfter } = meter
  return meter.registers.flatMap(({ register, name }) => {
    const field = fieldName(id, register)
    const typed = readTyped(input[field] ?? '', meter)
    const row = rows.find((one) => one.meterId === id && one.register === register && one.period === period)
    if (!typed.ok || !row || row.value === typed.value) return []
    return [
      {
        field,
        label: counterTitle(title, name, serial),
        typed: formatDial(typed.value, digitsBefore, digitsAfter),
        inForce: formatDial(row.value, digitsBefore, digitsAfter),
        at: row.receivedAt.toISOString(),
      },
    ]
  })
}
