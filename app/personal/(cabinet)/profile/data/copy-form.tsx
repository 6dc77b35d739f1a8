'use client'

import { Button } from '@/app/_ui/button'
import { CheckField, SelectField } from '@/app/_ui/field'
import { ServerForm } from '@/app/_ui/form'
import { takeCopy } from '@/lib/privacy/actions'

const labels = { format: 'Вид файла', understood: 'Чужой компьютер' }

/** «Получить копию», with a warning on somebody else's computer. */
export function CopyForm({ shared }: { shared: boolean }) {
  return (
    <ServerForm action={takeCopy} labels={labels} className="grid max-w-xl gap-3">
      {(view) => (
        <>
          <SelectField
            name="format"
            label={labels.format}
            error={view.error('format')}
            defaultValue={view.value('format', 'pdf')}
          >
            <option value="pdf">PDF, чтобы прочесть и распечатать</option>
            <option value="json">JSON, для программ</option>
          </SelectField>
          {shared ? (
            <CheckField
              name="understood"
              label="Понимаю: файл с моими данными останется на этом чужом компьютере, пока я его не удалю"
              error={view.error('understood')}
              defaultChecked={view.checked('understood')}
            />
          ) : null}
          <div>
            <Button look="second">Получить копию</Button>
          </div>
        </>
      )}
    </ServerForm>
  )
}
