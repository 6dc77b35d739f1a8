'use client'

import { useActionState } from 'react'
import { chooseAccount } from '@/lib/accounts/actions'
import { IDLE } from '@/lib/result'

/** «Сменить»: the other accounts, each a button; the choice is remembered for the next pages. */
export function AccountSwitcher({
  accounts,
  back,
}: {
  accounts: readonly { accountNumber: string; address: string }[]
  back: string
}) {
  const [state, send] = useActionState(chooseAccount, IDLE)
  return (
    <details className="relative shrink-0 print:hidden">
      <summary className="flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        Сменить
      </summary>
      <form
        action={send}
        className="absolute right-0 z-10 grid w-72 max-w-[80vw] rounded-card border border-edge bg-card p-2 text-ink"
      >
        <input type="hidden" name="back" value={back} />
        {accounts.map(({ accountNumber, address }) => (
          <button
            key={accountNumber}
            type="submit"
            name="account"
            value={accountNumber}
            className="rounded-control px-3 py-2 text-left hover:bg-water-wash"
          >
            {address}
            <span className="block text-[0.9em] text-soft">{`Счёт ${accountNumber}`}</span>
          </button>
        ))}
        {state.status === 'refused' ? (
          <p role="alert" className="p-3 text-bad">
            {state.message}
          </p>
        ) : null}
      </form>
    </details>
  )
}
