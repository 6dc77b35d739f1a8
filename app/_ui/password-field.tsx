'use client'

import { type ComponentProps, useState, useSyncExternalStore } from 'react'
import { TextField } from './field'

const never = () => () => undefined

/** A password, with «Показать пароль» beneath: twelve signs typed blindly on a phone are hard. Without JavaScript just the field. */
export function PasswordField(field: Omit<ComponentProps<typeof TextField>, 'type'>) {
  const [open, setOpen] = useState(false)
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div>
      <TextField {...field} type={open ? 'text' : 'password'} autoCapitalize="none" spellCheck={false} />
      {scripted ? (
        <button
          type="button"
          aria-controls={field.name}
          onClick={() => setOpen(!open)}
          className="min-h-11 text-[0.9em] text-water underline underline-offset-[0.2em]"
        >
          {open ? 'Скрыть' : 'Показать'}
          <span className="sr-only"> то, что набрано в поле «{field.label}»</span>
        </button>
      ) : null}
    </div>
  )
}
