'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { endOne, endOthers } from '@/lib/access/actions'

/** «Завершить» one sign-in: at once, without a question; signing in again is easy. */
export function EndForm({ sign, device }: { sign: string; device: string }) {
  return (
    <ServerForm action={endOne} labels={{}} className="grid gap-2">
      {(view) => (
        <div>
          <input type="hidden" name="ref" value={sign} />
          <Button look="second" aria-label={`Завершить: ${device}`} aria-disabled={view.pending || undefined}>
            Завершить
          </Button>
        </div>
      )}
    </ServerForm>
  )
}

/** «Завершить все остальные». */
export function EndOthersForm() {
  return (
    <ServerForm action={endOthers} labels={{}} className="grid gap-2">
      {(view) => (
        <div>
          <Button look="second" aria-disabled={view.pending || undefined}>
            Завершить все остальные
          </Button>
        </div>
      )}
    </ServerForm>
  )
}
