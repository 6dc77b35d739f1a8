'use server'

import { redirect } from 'next/navigation'
import { accountForStaff } from '@/lib/accounts/staff'
import { refused } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { enterReadings, submitReadings } from './commands'
import { acceptCorrection, askCorrection, refuseCorrection } from './corrections'
import { acceptCorrectionForm, askCorrectionForm, refuseCorrectionForm } from './corrections-schema'
import { askAboutDoubt, correctDoubt, keepDoubt } from './doubts-commands'
import { askDoubtForm, correctDoubtForm, keepDoubtForm } from './doubts-schema'
import { addHouseMeter, closeHouseMeter, enterHouseReading } from './house-commands'
import { addHouseMeterForm, closeHouseMeterForm, houseReadingForm } from './house-schema'
import { issueMeters } from './meters-certificate'
import { addMeter, changeMeter, removeMeter, replaceMeter } from './meters-commands'
import { addMeterForm, changeMeterForm, removeMeterForm, replaceMeterForm } from './meters-schema'
import { noteEvening, noteMorning } from './night-checks'
import {
  certificateForm,
  enterInput,
  eveningInput,
  morningInput,
  readingsInput,
  slipInput,
  slipPage,
} from './schema'
import { mailSlip } from './slip-letter'
import { changeWindows } from './windows-commands'
import { windowsForm } from './windows-schema'

/** «Передать показания»; goes on to the slips, which say what was accepted. */
export const submitReadingsAction = subscriberAction(readingsInput, async (input, subscriber) => {
  const result = await submitReadings(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect(slipPage(result.value.map(({ paperId }) => paperId)))
})

/** «Записать» of staff for who phones; back to the search, which tells the number of the slip. */
export const enterReadingsAction = staffAction('readings.enter', enterInput, async (input, staff) => {
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

/** «Добавить счётчик». */
export const addMeterAction = staffAction('meters.change', addMeterForm, async (input, staff) => {
  const result = await addMeter(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/admin/accounts/${encodeURIComponent(input.account)}/meters/${result.value.id}?done=added`)
})

/** «Заменить»; leads to the new meter. */
export const replaceMeterAction = staffAction('meters.change', replaceMeterForm, async (input, staff) => {
  const result = await replaceMeter(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/admin/accounts/${encodeURIComponent(input.account)}/meters/${result.value.id}?done=replaced`)
})

/** «Снять». */
export const removeMeterAction = staffAction('meters.change', removeMeterForm, async (input, staff) => {
  const result = await removeMeter(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect(`/admin/accounts/${encodeURIComponent(input.account)}/meters/${input.meter}?done=removed`)
})

/** «Изменить». */
export const changeMeterAction = staffAction('meters.change', changeMeterForm, async (input, staff) => {
  const result = await changeMeter(staff, input)
  if (result.status !== 'ok') return result
  redirect(`/admin/accounts/${encodeURIComponent(input.account)}/meters/${input.meter}?done=changed`)
})

/** «Исправить показание»: a request to staff about what billing has taken. */
export const askCorrectionAction = subscriberAction(askCorrectionForm, async (input, subscriber) => {
  const result = await askCorrection(subscriber, input, new Date())
  if (result.status !== 'ok') return result
  redirect('/personal/readings/corrections?asked=1')
})

/** «Исправить» of staff. */
export const acceptCorrectionAction = staffAction(
  'readings.settle',
  acceptCorrectionForm,
  async ({ correction }, staff) => {
    const result = await acceptCorrection(staff, correction, new Date())
    if (result.status !== 'ok') return result
    redirect('/admin/readings/corrections?done=accepted')
  },
)

/** «Отказать» of staff. */
export const refuseCorrectionAction = staffAction(
  'readings.settle',
  refuseCorrectionForm,
  async (input, staff) => {
    const result = await refuseCorrection(staff, input, new Date())
    if (result.status !== 'ok') return result
    redirect('/admin/readings/corrections?done=refused')
  },
)

/** «Оставить как есть». */
export const keepDoubtAction = staffAction('readings.settle', keepDoubtForm, async ({ doubt }, staff) => {
  const result = await keepDoubt(staff, doubt, new Date())
  if (result.status !== 'ok') return result
  redirect('/admin/readings/doubts?done=kept')
})

/** «Исправить на …». */
export const correctDoubtAction = staffAction('readings.settle', correctDoubtForm, async (input, staff) => {
  const result = await correctDoubt(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect('/admin/readings/doubts?done=corrected')
})

/** «Спросить жильца». */
export const askDoubtAction = staffAction('readings.settle', askDoubtForm, async (input, staff) => {
  const result = await askAboutDoubt(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect('/admin/readings/doubts?done=asked')
})

/** «Приём показаний» of the settings: first what would change, then, once said yes to, the change. */
export const changeWindowsAction = staffAction('settings.change', windowsForm, async (input, staff) => {
  const result = await changeWindows(staff, input, new Date())
  if (result.status === 'ok' && result.value === 'saved')
    redirect(`/admin/settings/readings?saved=${Date.now().toString(36)}`)
  return result
})

const housePage = (id: number, done: string) => `/admin/readings/common/${id}?done=${done}`

/** «Добавить общедомовой счётчик». */
export const addHouseMeterAction = staffAction('meters.change', addHouseMeterForm, async (input, staff) => {
  const result = await addHouseMeter(staff, input, new Date())
  if (result.status !== 'ok') return result
  redirect(housePage(result.value.id, 'added'))
})

/** «Внести показание» of a house's meter. */
export const enterHouseReadingAction = staffAction(
  'readings.enter',
  houseReadingForm,
  async (input, staff) => {
    const result = await enterHouseReading(staff, input, new Date())
    if (result.status !== 'ok') return result
    redirect(housePage(input.meter, 'entered'))
  },
)

/** «Снять» a house's meter. */
export const closeHouseMeterAction = staffAction(
  'meters.change',
  closeHouseMeterForm,
  async (input, staff) => {
    const result = await closeHouseMeter(staff, input, new Date())
    if (result.status !== 'ok') return result
    redirect(housePage(input.meter, 'closed'))
  },
)

/** «Получить справку» об учтённых счётчиках. */
export const askMeters = subscriberAction(certificateForm, async ({ account }, subscriber) => {
  const result = await issueMeters(subscriber, account, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/ledger/papers/${result.value.id}`)
})
