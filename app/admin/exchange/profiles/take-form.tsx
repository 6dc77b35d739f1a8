'use client'

import { useEffect, useRef, useState } from 'react'
import { TextAreaField } from '@/app/_ui/field'
import { ServerForm, SubmitButton } from '@/app/_ui/form'
import { takeProfile } from '@/lib/exchange/actions'

const labels = { json: 'Текст профиля' }

/** A profile out of its JSON: pasted, or, where there is JavaScript, from a file. */
export function TakeForm() {
  return (
    <ServerForm action={takeProfile} labels={labels} className="grid gap-4">
      {(view) => (
        <>
          <FileIntoText />
          <TextAreaField
            name="json"
            label={labels.json}
            hint="Откройте скачанный профиль в «Блокноте», скопируйте текст и вставьте сюда"
            rows={6}
            error={view.error('json')}
            defaultValue={view.value('json')}
            className="font-mono text-[0.9em]"
            spellCheck={false}
          />
          <div>
            <SubmitButton view={view}>Добавить профиль</SubmitButton>
          </div>
        </>
      )}
    </ServerForm>
  )
}

/** Puts the text of a chosen file into the field below. */
function FileIntoText() {
  const box = useRef<HTMLInputElement>(null)
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  const take = async () => {
    const input = box.current
    const field = input?.form?.elements.namedItem('json')
    const file = input?.files?.[0]
    if (file && field instanceof HTMLTextAreaElement) field.value = await file.text()
  }
  if (!ready) return null
  return (
    <div>
      <label htmlFor="json-file" className="block font-medium">
        Файл .json
      </label>
      <input
        ref={box}
        id="json-file"
        type="file"
        accept=".json,application/json"
        className="control mt-1"
        onChange={take}
      />
    </div>
  )
}
