'use client'

import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { askNoDebt } from '@/lib/payments/actions'

/** «Получить справку». */
export function AskForm({ account }: { account: string }) {
  return (
    <ServerForm action={askNoDebt} labels={{}} className="grid gap-3">
      {(view) => (
        <>
          <input type="hidden" name="account" value={account} />
          <div>
            <SubmitButton view={view}>Получить справку</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
