'use server'

import { redirect } from 'next/navigation'
import { refused } from '@/lib/result'
import { publicAction } from '@/lib/session/action'
import { decideDemoPayment } from './demo-bank-commands'
import { demoDecisionSchema } from './schema'

/** A button at the bank of the demo. */
export const decideAtDemoBank = publicAction(demoDecisionSchema, async ({ id, decision }) => {
  const back = await decideDemoPayment(id, decision, new Date())
  if (back) redirect(back)
  return refused('unknown', 'Такого платежа нет.')
})
