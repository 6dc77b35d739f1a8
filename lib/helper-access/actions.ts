'use server'

import { redirect } from 'next/navigation'
import { paperFor } from '@/lib/papers/queries'
import { sendAsHelper } from '@/lib/readings/helpers'
import { publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { acceptInvitation, registerHelper } from './accept'
import { inviteHelper } from './commands'
import { endHelperByStaff, revokeHelper, stopHelping } from './ending'
import { helpedAccount } from './helping'
import {
  acceptSchema,
  endSchema,
  helpedReadingsSchema,
  helperIdSchema,
  inviteSchema,
  registrationSchema,
} from './schema'

/** «Пригласить». */
export const invite = subscriberAction(inviteSchema, async (input, subscriber) => {
  const result = await inviteHelper(subscriber, input, new Date())
  if (result.status === 'ok') redirect('/personal/profile/helpers?done=invited')
  return result
})

/** «Отозвать». */
export const revoke = subscriberAction(helperIdSchema, async ({ id }, subscriber) => {
  const result = await revokeHelper(subscriber, id, new Date())
  if (result.status === 'ok') redirect('/personal/profile/helpers?done=revoked')
  return result
})

/** «Принять» by somebody who is signed in. */
export const accept = subscriberAction(acceptSchema, async ({ token }, subscriber) => {
  const result = await acceptInvitation(subscriber, token, new Date())
  if (result.status === 'ok') redirect(`/personal/help/${result.value.id}?done=accepted`)
  return result
})

/** «Принять» with a sign-in that is made here; the page of the link then tells the login, however often it was pressed. */
export const register = publicAction(
  registrationSchema,
  async (input, visitor) => {
    const result = await registerHelper(input, visitor, new Date())
    const settled = result.status === 'ok' || (result.status === 'refused' && result.code === 'dead')
    if (settled) redirect(`/personal/helper/${input.token}`)
    return result
  },
  { secrets: ['password', 'repeat', 'token'] },
)

/** «Передать показания» for somebody else; goes on to the slip, unless the same values were the holder's own already. */
export const sendHelped = subscriberAction(helpedReadingsSchema, async ({ id, ...fields }, subscriber) => {
  const now = new Date()
  const helped = await helpedAccount(subscriber, id, now)
  if (helped?.state !== 'active') redirect(`/personal/help/${id}`)
  const result = await sendAsHelper(subscriber, helped.accountId, { ...fields, account: '' }, now)
  if (result.status !== 'ok') return result
  const slip = await paperFor(subscriber, result.value.paperId)
  redirect(slip ? `/personal/readings/slip/${slip.id}` : `/personal/help/${id}?done=same`)
})

/** «Больше не помогаю». */
export const stop = subscriberAction(helperIdSchema, async ({ id }, subscriber) => {
  const result = await stopHelping(subscriber, id, new Date())
  if (result.status === 'ok') redirect('/personal/help?done=stopped')
  return result
})

/** «Прекратить» of staff. */
export const end = staffAction('helpers.end', endSchema, async ({ id, endReason, back }, staff) => {
  const result = await endHelperByStaff(staff, { id, reason: endReason }, new Date())
  if (result.status === 'ok') redirect(`${back}?done=helper`)
  return result
})
