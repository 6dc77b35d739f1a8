'use server'

import { redirect } from 'next/navigation'
import { publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { blockUser, unblockUser } from './commands'
import { chooseMessages } from './messages'
import { requestRecovery, setPassword } from './passwords'
import {
  blockSchema,
  loginSchema,
  messagesInput,
  passwordSchema,
  recoverSchema,
  unblockSchema,
} from './schema'
import { signInBy } from './sign-in'

/** «Войти». */
export const logIn = publicAction(
  loginSchema,
  async (input) => {
    const result = await signInBy(input)
    if (result.status === 'ok') redirect(input.next ?? '/personal')
    return result
  },
  { secrets: ['password'] },
)

/** «Сохранить пароль». */
export const savePassword = publicAction(
  passwordSchema,
  async (input, visitor) => {
    const result = await setPassword(input, visitor, new Date())
    if (result.status === 'ok') redirect('/personal/login?state=password')
    return result
  },
  { secrets: ['password', 'repeat', 'token'] },
)

/** «Забыли пароль?»: the same answer for everybody. */
export const recover = publicAction(recoverSchema, async ({ who }, visitor) => {
  await requestRecovery(who, visitor, new Date())
  redirect('/personal/recover?state=sent')
})

/** «Согласен получать звонки, SMS и письма», on or off; back on the profile, which says what is chosen. */
export const saveMessages = subscriberAction(messagesInput, async ({ messages }, subscriber) => {
  const result = await chooseMessages(subscriber, messages, new Date())
  if (result.status === 'ok') redirect('/personal/profile?done=saved')
  return result
})

/** «Заблокировать». */
export const block = staffAction('people.block', blockSchema, async (input, staff) => {
  const result = await blockUser(staff, input, new Date())
  if (result.status === 'ok') redirect(`/admin/people/${input.userId}?done=blocked`)
  return result
})

/** «Разблокировать». */
export const unblock = staffAction(
  'people.unblock',
  unblockSchema,
  async (input, staff) => {
    const result = await unblockUser(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/people/${input.userId}?done=unblocked`)
    return result
  },
  { fresh: true },
)
