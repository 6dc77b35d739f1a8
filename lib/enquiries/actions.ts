'use server'

import { redirect } from 'next/navigation'
import { publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { continueEnquiry, openEnquiry } from './commands'
import { openFeedback } from './feedback'
import { enquirySchema, feedbackSchema, messageSchema } from './schema'
import { answerEnquiry, assignEnquiry, closeEnquiry, noteOnEnquiry, reopenEnquiry } from './staff-commands'
import {
  assignSchema,
  closeSchema,
  dropTemplateSchema,
  noteSchema,
  reopenSchema,
  templateSchema,
} from './staff-schema'
import { dropTemplate, saveTemplate } from './templates'

const withFiles = { fileLists: ['files'] }

/** «Отправить» of «Обратная связь». */
export const sendFeedback = publicAction(
  feedbackSchema,
  async (input, { address }) => {
    const result = await openFeedback(input, address, new Date())
    if (result.status === 'ok') redirect(`/personal/feedback/${result.value.sendingKey}`)
    return result
  },
  withFiles,
)

/** «Отправить обращение». */
export const open = subscriberAction(
  enquirySchema,
  async (input, subscriber) => {
    const result = await openEnquiry(subscriber, input, new Date())
    if (result.status === 'ok') redirect(`/personal/enquiries/${result.value.number}?done=opened`)
    return result
  },
  withFiles,
)

/** «Добавить сообщение». */
export const write = subscriberAction(
  messageSchema,
  async (input, subscriber) => {
    const result = await continueEnquiry(subscriber, input, new Date())
    if (result.status === 'ok') redirect(`/personal/enquiries/${input.number}?done=added`)
    return result
  },
  withFiles,
)

/** «Ответить». */
export const answer = staffAction(
  'enquiries.answer',
  messageSchema,
  async (input, staff) => {
    const result = await answerEnquiry(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=answered`)
    return result
  },
  withFiles,
)

/** «Оставить заметку». */
export const note = staffAction('enquiries.answer', noteSchema, async (input, staff) => {
  const result = await noteOnEnquiry(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=noted`)
  return result
})

/** «Взять себе», «Поручить». */
export const assign = staffAction('enquiries.answer', assignSchema, async (input, staff) => {
  const result = await assignEnquiry(staff, input)
  if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=assigned`)
  return result
})

/** «Закрыть обращение». */
export const close = staffAction('enquiries.answer', closeSchema, async (input, staff) => {
  const result = await closeEnquiry(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=closed`)
  return result
})

/** «Открыть снова». */
export const reopen = staffAction('enquiries.answer', reopenSchema, async (input, staff) => {
  const result = await reopenEnquiry(staff, input)
  if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=reopened`)
  return result
})

/** «Сохранить» a template. */
export const keepTemplate = staffAction('enquiries.answer', templateSchema, async (input, staff) => {
  const result = await saveTemplate(staff, input, new Date())
  if (result.status === 'ok') redirect('/admin/enquiries/templates?done=saved')
  return result
})

/** «Удалить» a template. */
export const removeTemplate = staffAction('enquiries.answer', dropTemplateSchema, async (input, staff) => {
  const result = await dropTemplate(staff, input)
  if (result.status === 'ok') redirect('/admin/enquiries/templates?done=removed')
  return result
})
