import { notFound } from 'next/navigation'
import { type MeterForStaff, meterForStaff } from '@/lib/readings/meter-page'
import { meterId } from '@/lib/readings/meters-schema'
import type { Staff } from '@/lib/session/require'
import { numberOf } from '../number'

/** The meter an address names; the 404 page when the account has none such. */
export async function findMeter(staff: Staff, of: { number: string; id: string }): Promise<MeterForStaff> {
  const id = meterId.safeParse(of.id)
  const meter = id.success ? await meterForStaff(staff, numberOf(of.number), id.data) : undefined
  return meter ?? notFound()
}
