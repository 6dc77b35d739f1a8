'use server'

import { redirect } from 'next/navigation'
import { invalid, ok, Shown } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { shownOf } from './preview'
import { previewNotice, prolongNotice, publishNotice, withdrawNotice } from './publishing'
import { markRead } from './reading'
import { noticeForm, prolongSchema, readSchema, sendAgainSchema, withdrawSchema } from './schema'
import { sendAgain } from './undelivered'

/** The form of a notice: «Проверить» shows whom it reaches, «Исправить» goes back, «Опубликовать» publishes. */
export const publish = staffAction('notices.publish', noticeForm, async (input, staff) => {
  if (input.step === 'edit') return invalid({})
  const now = new Date()
  if (input.step === 'look') {
    const preview = await previewNotice(staff, input, now)
    if (preview.status !== 'ok') return preview
    return ok(new Shown(shownOf(input, { ...preview.value, reach: { ...preview.value.reach } })))
  }
  const result = await publishNotice(staff, input, now)
  if (result.status === 'ok') redirect(`/admin/notices/${result.value.number}?done=published`)
  return result
})

/** «Отменить объявление». */
export const withdraw = staffAction('notices.publish', withdrawSchema, async (input, staff) => {
  const result = await withdrawNotice(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/notices/${input.number}?done=withdrawn`)
  return result
})

/** «Изменить срок». */
export const prolong = staffAction('notices.publish', prolongSchema, async (input, staff) => {
  const result = await prolongNotice(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/notices/${input.number}?done=prolonged`)
  return result
})

/** «Прочитано». */
export const read = subscriberAction(readSchema, async ({ number, back }, subscriber) => {
  await markRead(subscriber, number, new Date())
  redirect(back)
})

/** «Отправить ещё раз». */
export const again = staffAction('notices.publish', sendAgainSchema, async (input, staff) => {
  const result = await sendAgain(staff, input, new Date())
  if (result.status === 'ok') redirect('/admin/notices/undelivered?done=again')
  return result
})
