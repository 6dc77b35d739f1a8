'use server'

import { redirect } from 'next/navigation'
import { chosenAccount } from '@/lib/accounts/queries'
import { withAccount } from '@/lib/accounts/rules'
import { refused } from '@/lib/result'
import { subscriberAction } from '@/lib/session/action'
import { submitReadings } from './commands'
import { readingsInput } from './schema'

/** «Передать показания»; comes back to the page, which says what was accepted. */
export const submitReadingsAction = subscriberAction(readingsInput, async (input, subscriber) => {
  const chosen = await chosenAccount(subscriber, input.account)
  if (chosen.kind !== 'one') return refused('absent', 'Такого счёта в вашем кабинете нет.')
  const result = await submitReadings(subscriber, chosen.account.id, input, new Date())
  if (result.status !== 'ok') return result
  const page = withAccount('/personal/readings', chosen.account.accountNumber, chosen.all.length)
  redirect(`${page}${page.includes('?') ? '&' : '?'}sent=1`)
})
