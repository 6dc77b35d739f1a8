'use server'

import { redirect } from 'next/navigation'
import { accountForStaff } from '@/lib/accounts/staff'
import { invalid } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { sealedSearch } from '@/lib/session/sealed-search'
import { currentSettings } from '@/lib/settings/queries'
import { issueCharges } from './charges-certificate'
import { choosePaperless } from './paperless'
import { accountOnBill } from './qr'
import { accountSearch, chargesForm, isPaymentCode, paperlessInput } from './schema'

/** «Найти» of the accounts: words go on into the address; a payment code leads to its account and stays out of it. */
export const searchAccounts = staffAction('accounts.see', accountSearch, async ({ q }, staff) => {
  if (!isPaymentCode(q)) redirect(`/admin/accounts?${new URLSearchParams({ q: sealedSearch(q) })}`)
  const number = accountOnBill(q, (await currentSettings()).requisites)
  if (number.status !== 'ok') return number.status === 'refused' ? invalid({ q: number.message }) : number
  if (!(await accountForStaff(staff, number.value)))
    return invalid({ q: 'Код прочитан, но лицевого счёта из него у нас нет.' })
  redirect(`/admin/accounts/${encodeURIComponent(number.value)}`)
})

/** How the bills of an account come; back on the profile, which says what is chosen. */
export const savePaperless = subscriberAction(paperlessInput, async (input, subscriber) => {
  const result = await choosePaperless(subscriber, input)
  if (result.status === 'ok') redirect('/personal/profile?done=saved')
  return result
})

/** «Получить справку» о начислениях за период. */
export const askCharges = subscriberAction(chargesForm, async ({ account, ...months }, subscriber) => {
  const result = await issueCharges(subscriber, account, months, new Date())
  if (result.status !== 'ok') return result
  redirect(`/personal/ledger/papers/${result.value.id}`)
})
