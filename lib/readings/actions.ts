'use server'

import { redirect } from 'next/navigation'
import { subscriberAction } from '@/lib/session/action'
import { submitReadings } from './commands'
import { readingsInput, slipInput, slipPage } from './schema'
import { mailSlip } from './slip-letter'

/** «Передать показания»; goes on to the slips, which say what was accepted. */
export const submitReadingsAction = subscriberAction(readingsInput, async (input, subscriber) => {
  const result = await submitReadings(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect(slipPage(result.value.map(({ paperId }) => paperId)))
})

/** «Прислать на почту». */
export const mailSlipAction = subscriberAction(slipInput, async ({ id }, subscriber) => {
  const result = await mailSlip(subscriber, id)
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/slip/${id}?mailed=1`)
})
