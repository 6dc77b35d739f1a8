'use server'

import { redirect } from 'next/navigation'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { answerEnquiry, continueEnquiry, openEnquiry } from './commands'
import { enquirySchema, messageSchema } from './schema'

/** «Отправить обращение». */
export const open = subscriberAction(enquirySchema, async (input, subscriber) => {
  const result = await openEnquiry(subscriber, input, new Date())
  if (result.status === 'ok') redirect(`/personal/enquiries/${result.value.number}?done=opened`)
  return result
})

/** «Добавить сообщение». */
export const write = subscriberAction(messageSchema, async (input, subscriber) => {
  const result = await continueEnquiry(subscriber, input, new Date())
  if (result.status === 'ok') redirect(`/personal/enquiries/${input.number}?done=added`)
  return result
})

/** «Ответить». */
export const answer = staffAction('enquiries.answer', messageSchema, async (input, staff) => {
  const result = await answerEnquiry(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/enquiries/${input.number}?done=answered`)
  return result
})
