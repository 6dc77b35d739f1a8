import { notFound } from 'next/navigation'
import { type MeterToKeep, meterToKeep } from '@/lib/readings/meter-page'
import { meterId } from '@/lib/readings/meters-schema'
import type { Staff } from '@/lib/session/require'
import { numberOf } from '../number'

/** The meter an address names; the 404 page when the account has none such. */
export async function findMeter(staff: Staff, of: { number: string; id: string }): Promise<MeterToKeep> {
  const id = meterId.safeParse(of.id)
  const meter = id.success ? await meterToKeep(staff, numberOf(of.number), id.data) : undefined
  return meter ?? notFound()
}
