import { db } from '@/db/client'
import { enqueue } from '@/lib/jobs/catalogue'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { currentProvider } from './providers'

/** «Сверить сейчас»: asks for the daily reconciliation once more; pressed again before it ran, it runs once. Refused: `off`. */
export async function reconcileSoon(_staff: Staff): Promise<Result<undefined, 'off'>> {
  if (!(await currentProvider())) return refused('off', 'Оплата выключена: сверять не с кем.')
  await db().transaction((tx) => enqueue(tx, 'reconcile-payments', {}, 'reconcile-soon'))
  return ok()
}
