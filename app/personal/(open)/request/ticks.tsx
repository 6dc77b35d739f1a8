'use client'

import type { ReactNode } from 'react'
import { CheckField } from '@/app/_ui/field'
import type { FormView } from '@/app/_ui/form'
import { MESSAGES_CONSENT } from '@/lib/access/schema'

/** Three ticks, none set beforehand: two open the button, the third is as one likes. */
export function Ticks({ view }: { view: FormView }) {
  return (
    <>
      <RequiredTicks view={view} />
      <CheckField
        name="acceptMessages"
        label={MESSAGES_CONSENT}
        hint="По желанию. Отказаться можно в любой день"
        defaultChecked={view.checked('acceptMessages')}
      />
    </>
  )
}

/** The two ticks without which no sign-in is given. */
export function RequiredTicks({ view }: { view: FormView }) {
  return (
    <>
      <p className="text-[0.9em] text-soft">Документы откроются в новой вкладке: заполненное не пропадёт.</p>
      <CheckField
        name="acceptAgreement"
        label={
          <>
            Принимаю условия <Document kind="agreement">Пользовательского соглашения</Document>
          </>
        }
        error={view.error('acceptAgreement')}
        defaultChecked={view.checked('acceptAgreement')}
        data-gate="1"
      />
      <CheckField
        name="acceptConsent"
        label={
          <>
            Даю <Document kind="consent">согласие на обработку персональных данных</Document>
          </>
        }
        error={view.error('acceptConsent')}
        defaultChecked={view.checked('acceptConsent')}
        data-gate="2"
      />
    </>
  )
}

function Document({ kind, children }: { kind: 'agreement' | 'consent'; children: ReactNode }) {
  return (
    <a href={`/personal/documents/${kind}`} target="_blank" rel="noopener">
      {children}
    </a>
  )
}
