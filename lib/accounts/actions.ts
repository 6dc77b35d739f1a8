'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { refused } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { cookieOptions, hostCookie } from '@/lib/session/cookies'
import { sealedSearch } from '@/lib/session/sealed-search'
import { chosenAccount } from './queries'
import { ACCOUNT_COOKIE, chooseAccountInput, searchInput } from './schema'

/** «Сменить»: the cabinet shows this account until the browser is closed. */
export const chooseAccount = subscriberAction(chooseAccountInput, async ({ account, back }, subscriber) => {
  const chosen = await chosenAccount(subscriber, account)
  if (chosen.kind !== 'one') return refused('absent', 'Такого счёта в вашем кабинете нет.')
  const jar = await cookies()
  jar.set(hostCookie(ACCOUNT_COOKIE), chosen.account.accountNumber, cookieOptions())
  redirect(back)
})

/** «Найти» of a list of the office. Sent, not asked by address: an address would keep people's names. */
export const search = staffAction('office.enter', searchInput, async ({ page, q, state }) => {
  redirect(
    `${page}?${new URLSearchParams({ ...(state ? { state } : {}), ...(q ? { q: sealedSearch(q) } : {}) })}`,
  )
})
