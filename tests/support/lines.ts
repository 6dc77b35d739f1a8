import type { Line } from '@/lib/ledger/rules'
import { ZERO } from '@/lib/units/money'

/** A line of a bill that says nothing but what is given. */
export function makeLine(of: Partial<Line> = {}): Line {
  return {
    serviceId: 1,
    service: 'Холодное водоснабжение',
    unit: 'м³',
    volume: null,
    tariff: null,
    basis: null,
    norm: null,
    normPer: null,
    basisCount: null,
    chargedFrom: null,
    penaltyBase: null,
    penaltyDays: null,
    penaltyRate: null,
    opening: ZERO,
    charged: ZERO,
    recalculated: ZERO,
    benefit: ZERO,
    penalty: ZERO,
    paid: ZERO,
    closing: ZERO,
    ...of,
  }
}
