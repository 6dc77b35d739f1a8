import { sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { acceptIn } from '@/lib/readings/accept'
import { currentTargets, type MeterState, metersFor } from '@/lib/readings/queries'
import { fieldName } from '@/lib/readings/schema'
import { momentOf } from '@/lib/readings/window'
import { type FieldErrors, invalid, ok, type Result } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { readSettings } from '@/lib/settings/queries'
import { reasonName } from './rules'
import type { OwnerInput } from './schema'

/**
 * Takes the readings every standing meter of the account closed with on the day of a change, like readings staff enter. A meter
 * that was not read needs a reason. @returns the reasons by meter; `invalid` by field, nothing written
 */
export async function enterClosing(
  tx: Tx,
  staff: Staff,
  account: { id: number; accountNumber: string },
  input: OwnerInput,
  now: Date,
): Promise<Result<Map<number, string>, 'absent' | 'conflict'>> {
  const takenAt = momentOf(input.day, now)
  const settings = await readSettings(tx)
  const { targetOf } = await currentTargets(tx, settings, takenAt)
  const all = await metersFor(tx, sql`true`, account.id, { settings, targetOf, now: takenAt })
  const standing = all.filter((meter) => meter.standing !== 'removed')
  const missing = standing.filter((meter) => isBlank(meter, input))
  const errors = problemsOf(missing, input)
  if (Object.keys(errors).length > 0) return invalid(errors)
  if (missing.length < standing.length) {
    const read = standing.filter((meter) => !missing.includes(meter))
    const accepted = await acceptIn(tx, {
      ...{ actor: staff, channel: 'staff', accountId: account.id, may: sql`true` },
      ...{ input: fieldsOf(read, input), now, takenAt },
    })
    if (accepted.status !== 'ok') return accepted
  }
  return ok(new Map(missing.map(({ id }) => [id, input[reasonName(id)]?.trim() ?? ''])))
}

function isBlank(meter: MeterState, input: OwnerInput): boolean {
  return meter.registers.every(({ register }) => !input[fieldName(meter.id, register)]?.trim())
}

function problemsOf(missing: readonly MeterState[], input: OwnerInput): FieldErrors {
  const unexplained = missing.filter(({ id }) => !input[reasonName(id)]?.trim())
  return Object.fromEntries(
    unexplained.map(({ id }) => [
      reasonName(id),
      'Впишите показание или напишите, почему его не сняли: «не пустили в квартиру».',
    ]),
  )
}

/** The fields of these meters, with the ticks and answers about them. */
function fieldsOf(meters: readonly MeterState[], input: OwnerInput) {
  const own = Object.entries(input).filter(([name]) =>
    meters.some(({ id }) => new RegExp(`^m${id}r[1-3]`).test(name)),
  )
  return { account: input.account, ...Object.fromEntries(own) }
}
