'use client'

import { useActionState } from 'react'
import { read } from '@/lib/notices/actions'
import { IDLE } from '@/lib/result'

/** «Прочитано»: it goes from the overview and stays among all notices. A bare form: the overview carries little script. */
export function ReadForm({ number, title, back }: { number: number; title: string; back: string }) {
  const [state, send, pending] = useActionState(read, IDLE)
  return (
    <form action={send} className="grid justify-start">
      <input type="hidden" name="number" value={number} />
      <input type="hidden" name="back" value={back} />
      <button type="submit" className="button button-quiet -ml-3" aria-disabled={pending || undefined}>
        <span>
          Прочитано<span className="sr-only">{`: ${title}`}</span>
        </span>
      </button>
      {state.status === 'refused' ? <p role="alert">{state.message}</p> : null}
    </form>
  )
}
