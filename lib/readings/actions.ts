'use server'

import { redirect } from 'next/navigation'
import { accountForStaff } from '@/lib/accounts/staff'
import { refused } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { enterReadings, submitReadings } from './commands'
import { noteEvening, noteMorning } from './night-checks'
import { enterInput, eveningInput, morningInput, readingsInput, slipInput, slipPage } from './schema'
import { mailSlip } from './slip-letter'

/** «Передать показания»; goes on to the slips, which say what was accepted. */
export const submitReadingsAction = subscriberAction(readingsInput, async (input, subscriber) => {
  const result = await submitReadings(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect(slipPage(result.value.map(({ paperId }) => paperId)))
})

/** «Записать» of staff for who phones; back to the search, which tells the number of the slip. */
export const enterReadingsAction = staffAction(enterInput, async (input, staff) => {
  const account = await accountForStaff(staff, input.account)
  if (!account) return refused('absent', 'Такого лицевого счёта нет.')
  const { takenOn } = input
  const result = await enterReadings(staff, account.id, input, { now: new Date(), takenOn })
  if (result.status !== 'ok') return result
  redirect(`/admin/readings?slip=${result.value.paperId}`)
})

/** «Прислать на почту». */
export const mailSlipAction = subscriberAction(slipInput, async ({ id }, subscriber) => {
  const result = await mailSlip(subscriber, id)
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/slip/${id}?mailed=1`)
})

/** «Записать вечернее»; comes back to the page, which waits for the morning. */
export const noteEveningAction = subscriberAction(eveningInput, async (input, subscriber) => {
  const result = await noteEvening(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/meters/${input.meter}/night?done=evening`)
})

/** «Узнать результат»; comes back to the page, which tells it. */
export const noteMorningAction = subscriberAction(morningInput, async (input, subscriber) => {
  const result = await noteMorning(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/readings/meters/${input.meter}/night?done=morning`)
})
