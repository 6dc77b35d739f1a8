import { formatMoney, type Kopecks, kopecks } from '@/lib/units/money'

/** The least and the most that is paid at once, in whole kopecks. */
export interface Limits {
  minimum: number
  maximum: Readonly<Record<'card' | 'sbp', number>>
}

/** What is wrong with an amount, in words for the payer; undefined when it can be paid. */
export function amountProblem(amount: Kopecks, method: 'card' | 'sbp', limits: Limits): string | undefined {
  const least = kopecks(BigInt(limits.minimum))
  const most = kopecks(BigInt(limits.maximum[method]))
  if (amount < least) return `Можно заплатить не меньше ${formatMoney(least)}`
  if (amount <= most) return undefined
  const by = method === 'card' ? 'Картой' : 'По СБП'
  const words = `${by} за один раз можно заплатить не больше ${formatMoney(most)}`
  const bySbp = kopecks(BigInt(limits.maximum.sbp))
  return method === 'card' && amount <= bySbp
    ? `${words}. Выберите СБП, по ней можно до ${formatMoney(bySbp)}, или разделите сумму`
    : `${words}. Разделите сумму на несколько платежей`
}
