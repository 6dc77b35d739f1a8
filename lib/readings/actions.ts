'use server'

import { redirect } from 'next/navigation'
import { chosenAccount } from '@/lib/accounts/queries'
import { refused } from '@/lib/result'
import { subscriberAction } from '@/lib/session/action'
import { submitReadings } from './commands'
import { readingsInput, slipInput } from './schema'
import { mailSlip } from './slip-letter'

/** «Передать показания»; goes on to the slip, which says what was accepted. */
export const submitReadingsAction = subscriberAction(readingsInput, async (input, subscriber) => {
  const chosen = await chosenAccount(subscriber, input.account)
  if (chosen.kind !== 'one') return refused('absent', 'Такого счёта в вашем кабинете нет.')
  const result = await submitReadings(subscriber, chosen.account.id, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/slip/${result.value.paperId}`)
})

/** «Прислать на почту». */
export const mailSlipAction = subscriberAction(slipInput, async ({ id }, subscriber) => {
  const result = await mailSlip(subscriber, id)
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/slip/${id}?mailed=1`)
})
