import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { accounts } from '@/db/schema'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { inMinutes, take } from '@/lib/session/throttle'
import { maskedAddress } from './masks'
import type { Visitor } from './start'

/**
 * Whose account a visitor is about to pay for: the address without the flat, enough to recognise it and no more. Every
 * asking counts against the visitor's network address, whether or not the number is known: numbers cannot be tried out.
 * Invalid: `accountNumber` nobody has. Refused: `often`.
 */
export async function payeeFor(
  visitor: Visitor,
  accountNumber: string,
): Promise<Result<{ accountNumber: string; address: string }, 'often'>> {
  const free = await take([['payee-lookup', visitor.address]])
  if (free !== 'free')
    return refused('often', `Слишком много попыток. Попробуйте ${inMinutes(free.minutes)}.`)
  const [found] = await db()
    .select({ address: accounts.address })
    .from(accounts)
    .where(eq(accounts.accountNumber, accountNumber))
  if (!found) return invalid({ accountNumber: 'Такого счёта нет. Сверьте номер с квитанцией' })
  return ok({ accountNumber, address: maskedAddress(found.address) })
}
