import type { CalendarDay } from '@/lib/units/day'
import type { Period } from '@/lib/units/period'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import type { Dial } from './rules'
import type { Use } from './use'
import { registerName } from './words'

/** A value as it is stored, in force or superseded. */
export interface StoredValue {
  period: Period
  register: number
  value: MeterValue
  rolledOver: boolean
  takenOn: CalendarDay
  takenAt: Date | null
  receivedAt: Date
  supersededAt: Date | null
  channel: string
  actorId: string | null
}

/** One value as the page shows it. `name`: of its counter where a meter has several; `person`: whose hand it came from, as far as the viewer may know. */
export interface ShownValue {
  register: number
  name: string | undefined
  dial: string
  rolledOver: boolean
  takenOn: CalendarDay
  takenAt: Date | null
  receivedAt: Date
  supersededAt: Date | null
  channel: string
  person: string | undefined
}

/** A month of a meter: its values in force, those they superseded, the latest first, and the use that ends in it. */
export interface MeterMonth {
  period: Period
  values: ShownValue[]
  earlier: ShownValue[]
  use: Use | undefined
}

/** The months of a meter that have values, the newest first. */
export function monthsOf(
  meter: Dial & { registers: number },
  values: readonly (StoredValue & { person: string | undefined })[],
  uses: readonly Use[],
): MeterMonth[] {
  const periods = [...new Set(values.map((value) => value.period))].sort().reverse()
  return periods.map((period) => {
    const shown = values
      .filter((value) => value.period === period)
      .sort((a, b) => a.register - b.register)
      .map(
        ({ register, value, ...rest }): ShownValue => ({
          register,
          name: registerName(register, meter.registers),
          dial: formatDial(value, meter.digitsBefore, meter.digitsAfter),
          rolledOver: rest.rolledOver,
          takenOn: rest.takenOn,
          takenAt: rest.takenAt,
          receivedAt: rest.receivedAt,
          supersededAt: rest.supersededAt,
          channel: rest.channel,
          person: rest.person,
        }),
      )
    return {
      period,
      values: shown.filter((value) => value.supersededAt === null),
      earlier: shown
        .filter((value) => value.supersededAt !== null)
        .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime()),
      use: uses.find((use) => use.to === period),
    }
  })
}
