import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { readings } from '@/db/schema'
import { issuePaper } from '@/lib/papers/commands'
import type { ReadingsSlip } from '@/lib/papers/schema'
import type { CalendarDay } from '@/lib/units/day'
import { formatDial, type MeterValue } from '@/lib/units/quantity'
import type { MeterState, RegisterState } from './queries'
import { fieldName } from './schema'

/** What a slip is given for. */
export interface SlipOf {
  account: { id: number; accountNumber: string }
  channel: string
  issuedTo: string | null
  now: Date
  takenOn: CalendarDay
  takenAt: Date | null
  sendingKey: string | undefined
  meters: readonly MeterState[]
  /** What was accepted, by field; values that stood already are among them. */
  values: ReadonlyMap<string, MeterValue>
}

/** Gives a slip out: number, values and time of what was accepted. @returns the paper's id */
export function issueSlip(tx: Tx, of: SlipOf): Promise<string> {
  return issuePaper(tx, {
    kind: 'readings-slip',
    accountId: of.account.id,
    body: {
      accountNumber: of.account.accountNumber,
      channel: of.channel,
      takenAt: of.takenAt?.toISOString() ?? null,
      lines: of.meters.flatMap((meter) => lineOf(meter, of)),
    },
    issuedTo: of.issuedTo,
    issuedAt: of.now,
    sendingKey: of.sendingKey,
  })
}

function lineOf(meter: MeterState, { values, takenOn }: SlipOf): ReadingsSlip['lines'] {
  const shown = (register: RegisterState) => {
    const value = values.get(fieldName(meter.id, register.register))
    return value === undefined
      ? []
      : [{ name: register.name ?? null, dial: formatDial(value, meter.digitsBefore, meter.digitsAfter) }]
  }
  const found = meter.registers.flatMap(shown)
  if (found.length === 0) return []
  const { title, serial, unit, period, taken, window } = meter
  return [
    { title, serial, unit, period: taken ?? period, takenOn, outside: !taken && !window.open, values: found },
  ]
}

/** The latest slip the values in force of those meters were given; undefined when they came without one. */
export async function slipInForce(
  tx: Tx,
  accountId: number,
  meters: readonly MeterState[],
): Promise<string | undefined> {
  const periods = new Set(meters.map((meter) => meter.taken ?? meter.period))
  const [row] = await tx
    .select({ paperId: readings.paperId })
    .from(readings)
    .where(
      and(
        eq(readings.accountId, accountId),
        inArray(
          readings.meterId,
          meters.map((meter) => meter.id),
        ),
        inArray(readings.period, [...periods]),
        isNull(readings.supersededAt),
        isNotNull(readings.paperId),
      ),
    )
    .orderBy(desc(readings.receivedAt))
    .limit(1)
  return row?.paperId ?? undefined
}
