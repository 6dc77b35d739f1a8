'use client'

import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { accept } from '@/lib/helper-access/actions'

/** «Принять» of somebody who is signed in. */
export function AcceptForm({ token }: { token: string }) {
  return (
    <ServerForm action={accept} labels={{}} className="grid gap-3">
      {(view) => (
        <div>
          <input type="hidden" name="token" value={token} />
          <SubmitButton view={view}>Принять</SubmitButton>
        </div>
      )}
    </ServerForm>
  )
}
