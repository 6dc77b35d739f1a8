'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { refused } from '@/lib/result'
import { subscriberAction } from '@/lib/session/action'
import { cookieOptions } from '@/lib/session/cookies'
import { chosenAccount } from './queries'
import { ACCOUNT_COOKIE, chooseAccountInput } from './schema'

/** «Сменить»: the cabinet shows this account until the browser is closed. */
export const chooseAccount = subscriberAction(chooseAccountInput, async ({ account, back }, subscriber) => {
  const chosen = await chosenAccount(subscriber, account)
  if (chosen.kind !== 'one') return refused('absent', 'Такого счёта в вашем кабинете нет.')
  const jar = await cookies()
  jar.set(ACCOUNT_COOKIE, chosen.account.accountNumber, cookieOptions())
  redirect(back)
})
