'use client'

import { Button } from '@/app/_ui/button'
import { ServerForm } from '@/app/_ui/form'
import { dropProfile } from '@/lib/exchange/actions'

/** «Удалить профиль», asked once more before it is done. */
export function DropForm({ profileKey }: { profileKey: string }) {
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-water underline underline-offset-[0.2em]">
        Удалить профиль
      </summary>
      <ServerForm action={dropProfile} labels={{}} className="mt-2 grid gap-3">
        {() => (
          <>
            <input type="hidden" name="key" value={profileKey} />
            <p>Загруженное с ним останется. Вернуть профиль можно будет только из скачанного JSON.</p>
            <div>
              <Button look="grave">Удалить</Button>
            </div>
          </>
        )}
      </ServerForm>
    </details>
  )
}
