'use server'

import { redirect } from 'next/navigation'
import { ok, Shown } from '@/lib/result'
import { publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { formatDay, parseDay } from '@/lib/units/day'
import { submitRequest } from './commands'
import { approveRequest, refuseRequest } from './decisions'
import { revealPassport } from './disclosure'
import { submitFurther } from './further'
import { approvalSchema, furtherSchema, refusalSchema, requestSchema, revealSchema } from './schema'

/** «Отправить». */
export const sendRequest = publicAction(requestSchema, async (input, visitor) => {
  const result = await submitRequest(input, visitor, new Date())
  if (result.status === 'ok') redirect(`/personal/request/${input.submissionKey}`)
  return result
})

/** «Подключить ещё один счёт». */
export const askForAccount = subscriberAction(furtherSchema, async (input, subscriber) => {
  const result = await submitFurther(subscriber, input, new Date())
  if (result.status === 'ok') redirect('/personal/profile/accounts?done=asked')
  return result
})

/** «Подтвердить». */
export const approve = staffAction(
  'requests.decide',
  approvalSchema,
  async ({ requestId }, staff) => {
    const result = await approveRequest(staff, requestId, new Date())
    if (result.status === 'ok') redirect(`/admin/requests/${requestId}`)
    return result
  },
  { fresh: true },
)

/** «Отказать». */
export const refuse = staffAction(
  'requests.decide',
  refusalSchema,
  async ({ requestId, ...refusal }, staff) => {
    const result = await refuseRequest(staff, requestId, refusal, new Date())
    if (result.status === 'ok') redirect(`/admin/requests/${requestId}`)
    return result
  },
)

/** «Показать» beside a passport: the values stand in this one answer and nowhere else. */
export const showPassport = staffAction(
  'passport.see',
  revealSchema,
  async ({ requestId, viewReason }, staff) => {
    const result = await revealPassport(staff, requestId, viewReason)
    if (result.status !== 'ok') return result
    const { number, issuedBy, issuedOn } = result.value
    const day = parseDay(issuedOn)
    const spaced = number.replace(/^(..)(..)(...)(...)$/, '$1 $2 $3 $4')
    return ok(new Shown({ number: spaced, issuedBy, issuedOn: day ? formatDay(day) : issuedOn }))
  },
  { fresh: true },
)
