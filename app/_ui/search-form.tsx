'use client'

import { search } from '@/lib/accounts/actions'
import type { searchedPages } from '@/lib/accounts/schema'
import { Button } from './button'
import { TextField } from './field'
import { ServerForm } from './form'

/** «Найти» of a list of the office. */
export function SearchForm({
  page,
  label,
  start,
  state,
  hint,
  autoFocus,
}: {
  page: (typeof searchedPages)[number]
  label: string
  start: string
  /** A filter that stays. */
  state?: string
  hint?: string
  autoFocus?: boolean
}) {
  return (
    <ServerForm action={search} labels={{ q: label }} className="flex max-w-3xl flex-wrap items-end gap-3">
      {(view) => (
        <>
          <input type="hidden" name="page" value={page} />
          {state ? <input type="hidden" name="state" value={state} /> : null}
          <div className="min-w-0 flex-1">
            <TextField
              name="q"
              type="search"
              label={label}
              hint={hint}
              defaultValue={view.value('q', start)}
              error={view.error('q')}
              autoComplete="off"
              autoFocus={autoFocus}
            />
          </div>
          <Button look="second">Найти</Button>
        </>
      )}
    </ServerForm>
  )
}
