'use client'

import type { FormEvent } from 'react'
import { signOutAction } from '@/lib/session/actions'
import { phoneOwnerHere } from './kept-page'
import { hasUnsent } from './storage'

/** «Выйти»: a form, so that it works without JavaScript and no link can sign anybody out. */
export function SignOut() {
  return (
    <form action={signOutAction} onSubmit={leave}>
      <button type="submit" className="min-h-11 min-w-11 text-water underline underline-offset-[0.2em]">
        Выйти
      </button>
    </form>
  )
}

/** Asks first when readings of that person are still unsent; without a network it cannot be done. */
function leave(event: FormEvent): void {
  if (!navigator.onLine) {
    event.preventDefault()
    alert('Нет связи. Выйти можно, когда она появится.')
    return
  }
  const owner = phoneOwnerHere()
  const question =
    'На телефоне лежат неотправленные показания. Если выйти, они отправятся только после того, как вы снова войдёте. Всё равно выйти?'
  if (owner && hasUnsent(owner) && !confirm(question)) event.preventDefault()
}
