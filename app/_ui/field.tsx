import type { ComponentProps, ReactNode } from 'react'

interface Around {
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
}

/** A labelled text field: hint above, error beneath, both tied to it for screen readers. */
export function TextField({
  name,
  label,
  hint,
  error,
  className = '',
  ...input
}: Around & ComponentProps<'input'>) {
  return (
    <Wrapped {...{ name, label, hint, error }}>
      <input
        id={name}
        name={name}
        type="text"
        className={`control ${className}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(name, hint, error)}
        {...input}
      />
    </Wrapped>
  )
}

/** A labelled text of several lines. */
export function TextAreaField({
  name,
  label,
  hint,
  error,
  className = '',
  ...area
}: Around & ComponentProps<'textarea'>) {
  return (
    <Wrapped {...{ name, label, hint, error }}>
      <textarea
        id={name}
        name={name}
        rows={3}
        className={`control ${className}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(name, hint, error)}
        {...area}
      />
    </Wrapped>
  )
}

/** A choice from a list. */
export function SelectField({
  name,
  label,
  hint,
  error,
  className = '',
  ...select
}: Around & ComponentProps<'select'>) {
  return (
    <Wrapped {...{ name, label, hint, error }}>
      <select
        id={name}
        name={name}
        className={`control ${className}`}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(name, hint, error)}
        {...select}
      />
    </Wrapped>
  )
}

/** A tick with its words beside it. */
export function CheckField({ name, label, hint, error, ...input }: Around & ComponentProps<'input'>) {
  return (
    <div>
      <div className="flex items-start">
        <input
          id={name}
          name={name}
          type="checkbox"
          className="mt-2 size-7 shrink-0 accent-water"
          aria-invalid={error ? true : undefined}
          aria-describedby={described(name, hint, error)}
          {...input}
        />
        <label htmlFor={name} className="min-h-11 flex-1 py-2.5 pl-3.5">
          {label}
        </label>
      </div>
      <div className="pl-11">
        <Hint {...{ name, hint }} />
        <ErrorLine {...{ name, error }} />
      </div>
    </div>
  )
}

function Wrapped({ name, label, hint, error, children }: Around & { children: ReactNode }) {
  return (
    <div>
      <label htmlFor={name} className="block font-medium">
        {label}
      </label>
      <Hint {...{ name, hint }} />
      <div className="mt-1">{children}</div>
      <ErrorLine {...{ name, error }} />
    </div>
  )
}

function Hint({ name, hint }: Pick<Around, 'name' | 'hint'>) {
  if (!hint) return null
  return (
    <p id={`${name}-hint`} className="text-[0.9em] text-soft">
      {hint}
    </p>
  )
}

function ErrorLine({ name, error }: Pick<Around, 'name' | 'error'>) {
  if (!error) return null
  return (
    <p id={`${name}-error`} className="mt-1 font-medium text-bad">
      {error}
    </p>
  )
}

function described(name: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint ? `${name}-hint` : '', error ? `${name}-error` : ''].filter(Boolean).join(' ')
  return ids || undefined
}
