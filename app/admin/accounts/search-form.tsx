'use client'

import { TextField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { searchAccounts } from '@/lib/ledger/actions'

const labels = { q: 'Лицевой счёт, фамилия, адрес или текст QR-кода' }

/** «Найти»: sent, not asked by address, for the text of a payment code holds the payer's name. */
export function SearchForm({ start }: { start: string }) {
  return (
    <ServerForm action={searchAccounts} labels={labels} className="grid gap-3">
      {(view) => (
        <>
          <TextField
            name="q"
            label={labels.q}
            hint="Например: «0104523», «Королёва Анна», «3 мкр 7 41», «Королёва 41»"
            type="search"
            defaultValue={view.value('q', start)}
            maxLength={4_000}
            autoComplete="off"
            error={view.error('q')}
          />
          <div>
            <SubmitButton view={view}>Найти</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}
