'use server'

import { redirect } from 'next/navigation'
import { halfwayAction, publicAction, staffAction, subscriberAction } from '@/lib/session/action'
import { AGREEMENT_PAGE } from '@/lib/session/gate'
import { chooseChannels } from './channels-choice'
import { blockUser, unblockUser } from './commands'
import { askEmailChange, cancelContactChange, confirmEmail } from './contacts'
import { askPhoneChange, confirmPhone } from './contacts-phone'
import { undoContactChange } from './contacts-undo'
import { endOtherSignIns, endSignIn } from './devices'
import { chooseMessages } from './messages'
import { changePassword } from './password-change'
import { requestRecovery, setPassword } from './passwords'
import {
  cancelInput,
  channelsInput,
  codeInput,
  emailInput,
  linkInput,
  noInput,
  passwordChangeInput,
  phoneInput,
  signInRef,
} from './profile-schema'
import {
  blockBySignInput,
  blockSchema,
  codeSchema,
  dismissSignInput,
  loginSchema,
  messagesInput,
  passwordSchema,
  recoverSchema,
  unblockSchema,
} from './schema'
import { passSecondStep, signInBy } from './sign-in'
import {
  changeRoles,
  dismissStaff,
  inviteAgain,
  inviteStaff,
  resetStaff,
  takeBack,
  withdrawInvitation,
} from './staff-commands'
import { dismissSchema, inviteSchema, resetSchema, rolesSchema, staffIdSchema } from './staff-schema'
import { settleSuspicion } from './suspicions'

/** «Войти». */
export const logIn = publicAction(
  loginSchema,
  async (input) => {
    const result = await signInBy(input)
    if (result.status !== 'ok') return result
    const next = input.next ? `?${new URLSearchParams({ next: input.next })}` : ''
    // Straight to the page: a browser sent on by the gate would keep the address it was sent from.
    const { before } = result.value
    if (before) redirect(`${before === 'code' ? '/personal/login/code' : AGREEMENT_PAGE}${next}`)
    redirect(input.next ?? '/personal')
  },
  { secrets: ['password'] },
)

/** «Продолжить»: the second step of staff. Who has just set it up sees the recovery codes first. */
export const showCode = halfwayAction(
  codeSchema,
  async ({ code, next }, halfway) => {
    const result = await passSecondStep(halfway, code)
    if (result.status !== 'ok') return result
    const onward = next?.startsWith('/admin') ? next : undefined
    if (!result.value.first) redirect(onward ?? '/admin')
    redirect(`/admin/recovery-codes${onward ? `?${new URLSearchParams({ next: onward })}` : ''}`)
  },
  { secrets: ['code'] },
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

/** «Сменить почту». */
export const askEmail = subscriberAction(
  emailInput,
  async ({ email }, subscriber) => {
    const result = await askEmailChange(subscriber, email, new Date())
    if (result.status === 'ok') redirect('/personal/profile/contacts?done=email')
    return result
  },
  { fresh: true },
)

/** «Сменить телефон». */
export const askPhone = subscriberAction(
  phoneInput,
  async ({ phone }, subscriber) => {
    const result = await askPhoneChange(subscriber, phone, new Date())
    if (result.status === 'ok') redirect(`/personal/profile/contacts?done=${result.value}`)
    return result
  },
  { fresh: true },
)

/** «Подтвердить номер». */
export const confirmCode = subscriberAction(
  codeInput,
  async ({ code }, subscriber) => {
    const result = await confirmPhone(subscriber, code, new Date())
    if (result.status === 'ok') redirect('/personal/profile/contacts?done=phone')
    return result
  },
  { secrets: ['code'] },
)

/** «Не менять». */
export const cancelContact = subscriberAction(cancelInput, async ({ kind }, subscriber) => {
  const result = await cancelContactChange(subscriber, kind, new Date())
  if (result.status === 'ok') redirect('/personal/profile/contacts?done=cancelled')
  return result
})

/** «Подтвердить адрес», by the link of a letter. */
export const confirmAddress = publicAction(
  linkInput,
  async ({ token }, visitor) => {
    const result = await confirmEmail(token, visitor, new Date())
    if (result.status === 'ok') redirect('/personal/contacts/done?state=confirmed')
    return result
  },
  { secrets: ['token'] },
)

/** «Отменить изменение», by the link of a letter. */
export const undoContact = publicAction(
  linkInput,
  async ({ token }, visitor) => {
    const result = await undoContactChange(token, visitor, new Date())
    if (result.status === 'ok') redirect('/personal/contacts/done?state=undone')
    return result
  },
  { secrets: ['token'] },
)

/** «Сменить пароль». */
export const replacePassword = subscriberAction(
  passwordChangeInput,
  async (input, subscriber) => {
    const result = await changePassword(subscriber, input, new Date())
    if (result.status === 'ok') redirect('/personal/profile?done=password')
    return result
  },
  { secrets: ['current', 'password', 'repeat'] },
)

/** «Завершить» beside a sign-in. */
export const endOne = subscriberAction(signInRef, async ({ ref }, subscriber) => {
  const result = await endSignIn(subscriber, ref)
  if (result.status === 'ok') redirect('/personal/profile/devices?done=one')
  return result
})

/** «Завершить все остальные». */
export const endOthers = subscriberAction(noInput, async (_input, subscriber) => {
  const result = await endOtherSignIns(subscriber)
  if (result.status === 'ok') redirect('/personal/profile/devices?done=all')
  return result
})

/** By which channels each kind of message comes. */
export const saveChannels = subscriberAction(channelsInput, async (input, subscriber) => {
  const result = await chooseChannels(subscriber, input)
  if (result.status === 'ok') redirect('/personal/profile/messages?done=saved')
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

/** «Пригласить». */
export const invite = staffAction(
  'staff.change',
  inviteSchema,
  async (input, staff) => {
    const result = await inviteStaff(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${result.value.userId}?done=invited`)
    return result
  },
  { fresh: true },
)

/** «Отправить приглашение ещё раз». */
export const inviteOnceMore = staffAction(
  'staff.change',
  staffIdSchema,
  async (input, staff) => {
    const result = await inviteAgain(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=sent`)
    return result
  },
  { fresh: true },
)

/** «Отозвать приглашение». */
export const withdraw = staffAction(
  'staff.change',
  staffIdSchema,
  async (input, staff) => {
    const result = await withdrawInvitation(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=withdrawn`)
    return result
  },
  { fresh: true },
)

/** «Сохранить роли». */
export const saveRoles = staffAction(
  'staff.change',
  rolesSchema,
  async (input, staff) => {
    const result = await changeRoles(staff, input)
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=roles`)
    return result
  },
  { fresh: true },
)

/** «Отстранить». */
export const dismiss = staffAction(
  'staff.change',
  dismissSchema,
  async (input, staff) => {
    const result = await dismissStaff(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=dismissed`)
    return result
  },
  { fresh: true },
)

/** «Вернуть». */
export const welcomeBack = staffAction(
  'staff.change',
  dismissSchema,
  async (input, staff) => {
    const result = await takeBack(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=returned`)
    return result
  },
  { fresh: true },
)

/** «Сбросить». */
export const reset = staffAction(
  'staff.change',
  resetSchema,
  async (input, staff) => {
    const result = await resetStaff(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/staff/${input.userId}?done=reset`)
    return result
  },
  { fresh: true },
)
/** «Заблокировать» beside a sign of suspicion. */
export const blockBySign = staffAction('suspicions.settle', blockBySignInput, async (input, staff) => {
  const result = await settleSuspicion(staff, input, new Date())
  if (result.status === 'ok') redirect(signPage(input.back, result.value.userId, input.outcome))
  return result
})

/** «Это не опасно» beside a sign of suspicion. */
export const dismissSign = staffAction('suspicions.settle', dismissSignInput, async (input, staff) => {
  const result = await settleSuspicion(staff, input, new Date())
  if (result.status === 'ok') redirect(signPage(input.back, result.value.userId, input.outcome))
  return result
})

function signPage(back: 'queue' | 'person', userId: string | null, done: string): string {
  const page = back === 'person' && userId ? `/admin/people/${userId}` : '/admin/people/suspicions'
  return `${page}?done=${done}`
}
