'use server'

import { redirect } from 'next/navigation'
import { invalid, ok, Shown } from '@/lib/result'
import { staffAction } from '@/lib/session/action'
import { day } from '@/lib/units/day'
import { awaitWork, requestCheck, requestLoad, requestStop, requestUndo } from './commands'
import { enterSheet } from './enter-sheet'
import { handOverPayments, handOverReadings, reopenPeriod } from './export-commands'
import { handPaymentsForm, handReadingsForm, reopenForm } from './export-schema'
import { bufferSource } from './files/source'
import { removeProfile, saveProfile } from './profile-commands'
import { profileForm, profileJsonForm, profileKeyForm } from './profile-form'
import { readSheet } from './readings-sheet'
import { checkForm, importForm, loadForm, sheetForm } from './schema'

/** How long a page waits for work that may be short, ms. */
const PATIENCE = 5_000

/** «Проверить». */
export const check = staffAction('exchange.load', checkForm, async ({ importId, ...options }, staff) => {
  const result = await requestCheck(staff, importId, options)
  if (result.status !== 'ok') return result
  await awaitWork(importId, PATIENCE)
  redirect(`/admin/exchange/${importId}`)
})

/** «Загрузить». Somebody was quicker: the page tells who. */
export const load = staffAction(
  'exchange.load',
  loadForm,
  async ({ importId, withoutRejects }, staff) => {
    const result = await requestLoad(staff, importId, { withoutRejects })
    if (result.status === 'refused' && result.code === 'loaded')
      redirect(`/admin/exchange/${importId}?already=1`)
    if (result.status !== 'ok') return result
    await awaitWork(importId, PATIENCE)
    redirect(`/admin/exchange/${importId}`)
  },
  { fresh: true },
)

/** «Остановить» a check or a load under way. */
export const stop = staffAction('exchange.load', importForm, async ({ importId }, staff) => {
  const result = await requestStop(staff, importId)
  if (result.status !== 'ok') return result
  await awaitWork(importId, PATIENCE)
  redirect(`/admin/exchange/${importId}`)
})

/** «Отменить загрузку». */
export const undo = staffAction('exchange.load', importForm, async ({ importId }, staff) => {
  const result = await requestUndo(staff, importId)
  if (result.status !== 'ok') return result
  await awaitWork(importId, PATIENCE)
  redirect(`/admin/exchange/${importId}`)
})

/** «Сохранить профиль». */
export const keepProfile = staffAction('exchange.load', profileForm, async ({ key, profile }, staff) => {
  const result = await saveProfile(staff, key, profile)
  if (result.status !== 'ok') return result
  redirect(`/admin/exchange/profiles/${result.value.key}?saved=1`)
})

/** «Добавить профиль» out of its text. */
export const takeProfile = staffAction('exchange.load', profileJsonForm, async ({ json }, staff) => {
  const result = await saveProfile(staff, undefined, json)
  if (result.status === 'invalid') return invalid({ json: result.errors.name ?? '' })
  if (result.status !== 'ok') return result
  redirect(`/admin/exchange/profiles/${result.value.key}?saved=1`)
})

/** «Удалить профиль». */
export const dropProfile = staffAction('exchange.load', profileKeyForm, async ({ key }, staff) => {
  const result = await removeProfile(staff, key)
  if (result.status !== 'ok') return result
  redirect('/admin/exchange/profiles?removed=1')
})

/** «Передать в биллинг» the readings of a month. */
export const handReadings = staffAction('exchange.hand', handReadingsForm, async ({ period }, staff) => {
  const result = await handOverReadings(staff, period, new Date())
  if (result.status !== 'ok') return result
  redirect(`/admin/exchange/out?period=${period}&handed=${result.value.id}`)
})

/** «Передать в биллинг» the payments taken here. */
export const handPayments = staffAction('exchange.hand', handPaymentsForm, async (_nothing, staff) => {
  const result = await handOverPayments(staff)
  if (result.status !== 'ok') return result
  redirect(`/admin/exchange/out?handed=${result.value.id}`)
})

/** «Открыть период снова». */
export const reopen = staffAction('exchange.hand', reopenForm, async (input, staff) => {
  const result = await reopenPeriod(staff, input)
  if (result.status !== 'ok') return result
  redirect(`/admin/exchange/out?period=${input.period}&reopened=1`)
})

/** No form that comes here is longer: nothing of a sheet is cut off. */
const LONGEST_SHEET = 4_194_304

/** «Записать» of a sheet of readings: what became of each row goes back to the page and is kept nowhere. */
export const enterSheetAction = staffAction(
  'readings.enter',
  sheetForm,
  async ({ rows: text, file, takenOn, ...ticks }, staff) => {
    const { rows, problem } = file
      ? await readSheet(bufferSource(Buffer.from(await file.arrayBuffer())))
      : await readSheet(bufferSource(Buffer.from(text)), 'utf-8')
    if (problem) return invalid({ [file ? 'file' : 'rows']: problem })
    const options = { takenOn: day(takenOn), ticks, now: new Date() }
    return ok(new Shown({ answers: JSON.stringify(await enterSheet(staff, rows, options)) }))
  },
  { files: ['file'], longest: LONGEST_SHEET },
)
