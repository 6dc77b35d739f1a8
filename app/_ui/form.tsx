'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { type ReactNode, startTransition, useActionState, useEffect, useRef } from 'react'
import { useForm } from 'react-hook-form'
import type { z } from 'zod'
import { type FieldErrors, type FormState, IDLE, PASSWORD_AGAIN, SESSION_ENDED } from '@/lib/result'
import { Button } from './button'
import { TextField } from './field'

type Action = (state: FormState, form: FormData) => Promise<FormState>

/** What the fields inside a form need to show themselves. */
export interface FormView {
  /** Message of a field, or undefined. */
  error: (name: string) => string | undefined
  /** What was typed before an error, or the given start. */
  value: (name: string, start?: string) => string | undefined
  /** Whether a tick stood before an error. */
  checked: (name: string) => boolean
  /** What the answer shows this once; undefined when it shows nothing. */
  shown: Record<string, string> | undefined
  pending: boolean
}

/**
 * A form that is a server action first and works without JavaScript; with it, the same zod schema is checked
 * before sending, what was typed stays, and errors gather in a summary that takes the focus.
 */
export function ServerForm({
  action,
  schema,
  labels,
  className = 'grid gap-5',
  gated = false,
  children,
}: {
  action: Action
  /** The input's shape; without it only the server checks. */
  schema?: z.ZodType<Record<string, unknown>, Record<string, unknown>>
  /** Field names in the summary's words. */
  labels: Record<string, string>
  className?: string
  /** «Отправить» waits for the ticks `data-gate="1"` and `"2"`. */
  gated?: boolean
  children: (view: FormView) => ReactNode
}) {
  const [state, send, pending] = useActionState(action, IDLE)
  const form = useRef<HTMLFormElement>(null)
  const { errors, check } = useChecks(schema, state)
  const values = 'values' in state ? state.values : {}
  const view: FormView = {
    error: (name) => errors[name],
    value: (name, start) => values[name] ?? start,
    checked: (name) => name in values,
    shown: state.status === 'done' ? state.shown : undefined,
    pending,
  }
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    const submitter = event.nativeEvent instanceof SubmitEvent ? event.nativeEvent.submitter : null
    const data = new FormData(event.currentTarget, submitter)
    if (await check(data)) startTransition(() => send(data))
  }
  return (
    <form
      ref={form}
      action={send}
      onSubmit={submit}
      noValidate
      className={className}
      data-gated={gated || undefined}
    >
      <Problems
        errors={errors}
        message={state.status === 'refused' ? state.message : undefined}
        labels={labels}
        code={state.status === 'refused' ? state.code : undefined}
      />
      {children(view)}
    </form>
  )
}

/** The button of a form; says so while the answer is under way. */
export function SubmitButton({ view, children }: { view: FormView; children: ReactNode }) {
  return <Button aria-disabled={view.pending || undefined}>{view.pending ? 'Отправляем…' : children}</Button>
}

/** Errors to show: the browser's own check where there is one, else the server's last answer. */
function useChecks(
  schema: z.ZodType<Record<string, unknown>, Record<string, unknown>> | undefined,
  state: FormState,
) {
  const fromServer: FieldErrors = state.status === 'invalid' ? state.errors : {}
  const { formState, trigger, reset } = useForm<Record<string, unknown>>({
    mode: 'onSubmit',
    ...(schema ? { resolver: zodResolver(schema) } : {}),
  })
  // Reading `errors` here subscribes to them.
  const inBrowser = Object.entries(formState.errors)
  const check = async (data: FormData): Promise<boolean> => {
    if (!schema) return true
    const typed = Object.fromEntries(
      [...data].map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
    )
    reset(typed)
    return trigger()
  }
  const errors = inBrowser.length
    ? Object.fromEntries(inBrowser.map(([name, error]) => [name, String(error?.message ?? '')]))
    : fromServer
  return { errors, check }
}

function Problems({
  errors,
  message,
  labels,
  code,
}: {
  errors: FieldErrors
  message: string | undefined
  labels: Record<string, string>
  code: string | undefined
}) {
  const box = useRef<HTMLDivElement>(null)
  const places = Object.keys(labels)
  // In the order of the page; a name without a label comes last.
  const place = (name: string) => (places.indexOf(name) + places.length + 1) % (places.length + 1)
  const names = Object.keys(errors).sort((a, b) => place(a) - place(b))
  // A new set of problems takes the focus.
  const signature = names.length === 0 && !message ? '' : `${names.join()} ${message ?? ''}`
  useEffect(() => {
    if (signature) box.current?.focus()
  }, [signature])
  if (names.length === 0 && !message) return null
  return (
    <div
      ref={box}
      tabIndex={-1}
      autoFocus
      role="alert"
      className="rounded-r-card border-l-4 border-bad bg-bad-wash px-4 py-3"
    >
      {message ? (
        <p className="font-semibold">{message}</p>
      ) : (
        <p className="font-semibold">Проверьте, пожалуйста:</p>
      )}
      {code === PASSWORD_AGAIN ? (
        <TextField name={PASSWORD_AGAIN} label="Ваш пароль" type="password" autoComplete="current-password" />
      ) : null}
      {code === SESSION_ENDED ? (
        <a
          href="/personal/login"
          target="_blank"
          rel="noreferrer"
          className="inline-flex min-h-11 items-center"
        >
          Войти в новой вкладке
        </a>
      ) : null}
      <ul className="mt-1">
        {names.map((name) => (
          <li key={name}>
            <a href={`#${name}`} className="inline-flex min-h-11 items-center leading-snug">
              {labels[name] ? `${labels[name]}: ` : ''}
              {errors[name]}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
