'use server'

import { redirect } from 'next/navigation'
import { staffAction } from '@/lib/session/action'
import { disconnectAccount } from './disconnect'
import { changeOwner } from './owner-change'
import { disconnectInput, ownerInput } from './schema'

/** «Отключить счёт». */
export const disconnect = staffAction(
  'people.disconnect',
  disconnectInput,
  async (input, staff) => {
    const result = await disconnectAccount(staff, input, new Date())
    if (result.status === 'ok') redirect(`/admin/people/${input.userId}?done=disconnected`)
    return result
  },
  { files: ['scan'], fresh: true },
)

/** «Записать смену собственника». */
export const saveOwnerChange = staffAction(
  'accounts.change-owner',
  ownerInput,
  async (input, staff) => {
    const result = await changeOwner(staff, input, new Date())
    if (result.status === 'ok')
      redirect(`/admin/accounts/${encodeURIComponent(input.account)}/owner?done=changed`)
    return result
  },
  { fresh: true },
)
