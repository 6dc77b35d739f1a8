'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { read } from '@/lib/notices/actions'

/** «Прочитано»: it goes from the overview and stays among all notices. */
export function ReadForm({ number, title, back }: { number: number; title: string; back: string }) {
  return (
    <ServerForm action={read} labels={{}} className="grid justify-start">
      {(view) => (
        <>
          <input type="hidden" name="number" value={number} />
          <input type="hidden" name="back" value={back} />
          <Button look="quiet" className="-ml-3" aria-disabled={view.pending || undefined}>
            Прочитано<span className="sr-only">{`: ${title}`}</span>
          </Button>
        </>
      )}
    </ServerForm>
  )
}
