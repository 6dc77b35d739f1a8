import type { CalendarDay } from '@/lib/units/day'
import { type Kopecks, kopecks, sumKopecks } from '@/lib/units/money'
import { addMonths, dayOfPeriod, type Period } from '@/lib/units/period'
import type { DemoCharge } from './charges'
import { Random } from './random'
import { type Household, ONE_HOLDER } from './town'

/** A payment that a bank or the post office took. */
export interface DemoPayment {
  accountNumber: string
  paidOn: CalendarDay
  amount: Kopecks
  document: string
  place: string
  /** The month it is for. */
  period: Period
}

const PLACES = ['Сбербанк', 'Почта России', 'Газпромбанк'] as const

/**
 * The register of payments taken elsewhere: some of those the newest bills hold already, and some of the second day of
 * the month after, which no bill holds yet.
 */
export function registerOf(
  town: readonly Household[],
  charges: readonly DemoCharge[],
  newest: Period,
): DemoPayment[] {
  const bills = new Map<string, DemoCharge[]>()
  for (const charge of charges) {
    if (charge.period === newest)
      bills.set(charge.accountNumber, [...(bills.get(charge.accountNumber) ?? []), charge])
  }
  return town.flatMap((household) => {
    const bill = bills.get(household.accountNumber) ?? []
    const random = new Random(0x0ba4_0000 + household.index)
    return [
      billedPayment(household, bill, newest, random),
      latePayment(household, bill, newest, random),
    ].filter((made) => made !== undefined)
  })
}

/** Every third household pays at a bank's. */
function billedPayment(
  { index, accountNumber }: Household,
  bill: readonly DemoCharge[],
  newest: Period,
  random: Random,
): DemoPayment | undefined {
  const amount = sumKopecks(bill.map((charge) => charge.paid))
  if (index % 3 !== 0 || amount <= 0n) return undefined
  const paidOn = dayOfPeriod(newest, random.int(3, 14))
  return paymentOf(accountNumber, index, paidOn, amount, addMonths(newest, -1))
}

/** A few households, one of them that of the demo's subscriber, paid a part of the newest bill at once. */
function latePayment(
  { index, accountNumber }: Household,
  bill: readonly DemoCharge[],
  newest: Period,
  random: Random,
): DemoPayment | undefined {
  const owed = sumKopecks(bill.map((charge) => charge.closing))
  const chosen = accountNumber === ONE_HOLDER.first || (index >= FROM && index % 8 === 3)
  if (!chosen || owed < 200_000n) return undefined
  const amount = kopecks((owed / 100_000n) * 50_000n + BigInt(random.int(0, 4)) * 10_000n)
  return paymentOf(accountNumber, index, dayOfPeriod(addMonths(newest, 1), 2), amount, newest)
}

/** Accounts before this one owe exactly what their newest bill says. */
const FROM = 160

function paymentOf(
  accountNumber: string,
  index: number,
  paidOn: CalendarDay,
  amount: Kopecks,
  period: Period,
): DemoPayment {
  const document = `${paidOn.replaceAll('-', '')}-${String(index + 1).padStart(4, '0')}`
  return {
    accountNumber,
    paidOn,
    amount,
    document,
    place: PLACES[index % PLACES.length] ?? PLACES[0],
    period,
  }
}
