'use client'

import { useEffect, useRef, useState } from 'react'

const STORE = 'request-draft'
const SENT = 'request-sent'
const KEY = 'submissionKey'

// Never the passport: it must not lie in a browser, be it for a minute.
const kept = [
  'accountNumber',
  'meterSerial',
  'lastName',
  'firstName',
  'patronymic',
  'registrationAddress',
  'postalAddress',
  'email',
  'phone',
]

/** The key of this form: sent again, after a lost answer and a reload too, it is the same request. */
export function SubmissionKey({ start }: { start: string }) {
  const [key, setKey] = useState(start)
  useEffect(() => {
    const drafted = draft()[KEY]
    if (drafted && drafted !== store()?.getItem(SENT)) setKey(drafted)
  }, [])
  return <input type="hidden" name={KEY} value={key} />
}

/**
 * Keeps what was typed, but for the passport, through a reload of this tab. «Совпадает с адресом регистрации» fills
 * the postal address as one looks.
 */
export function Draft() {
  const mark = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const form = mark.current?.closest('form')
    if (!form) return
    restore(form)
    const onInput = (event: Event) => {
      mirror(form, event.target)
      save(form)
    }
    form.addEventListener('input', onInput)
    return () => form.removeEventListener('input', onInput)
  }, [])
  return <span ref={mark} hidden />
}

/** On the page after a request is sent: nothing of it stays in the browser but that this form is used up. */
export function ForgetDraft({ submissionKey }: { submissionKey: string }) {
  useEffect(() => {
    store()?.removeItem(STORE)
    store()?.setItem(SENT, submissionKey)
  }, [submissionKey])
  return null
}

/** The tab's storage; undefined in a browser that forbids it. */
function store(): Storage | undefined {
  try {
    return sessionStorage
  } catch {
    return undefined
  }
}

function save(form: HTMLFormElement): void {
  const typed = [KEY, ...kept].map((name) => [name, control(form, name)?.value ?? ''])
  store()?.setItem(STORE, JSON.stringify(Object.fromEntries(typed)))
}

function restore(form: HTMLFormElement): void {
  // What the server gave back after an error is newer than the draft.
  if (kept.some((name) => control(form, name)?.value)) return
  const drafted = draft()
  for (const name of kept) {
    const field = control(form, name)
    const value = drafted[name]
    if (field && value) field.value = value
  }
}

function draft(): Partial<Record<string, string>> {
  try {
    const stored: unknown = JSON.parse(store()?.getItem(STORE) ?? '{}')
    const texts = Object.entries(stored ?? {}).map(([name, value]) => [name, String(value)])
    return Object.fromEntries(texts)
  } catch {
    // Somebody else's text in our place: as good as no draft.
    return {}
  }
}

function mirror(form: HTMLFormElement, changed: EventTarget | null): void {
  const same = form.elements.namedItem('sameAddress')
  const from = control(form, 'registrationAddress')
  const to = control(form, 'postalAddress')
  if (!(same instanceof HTMLInputElement) || !from || !to) return
  if (changed === to && to.value !== from.value) same.checked = false
  if (same.checked && (changed === same || changed === from)) to.value = from.value
}

function control(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | undefined {
  const found = form.elements.namedItem(name)
  return found instanceof HTMLInputElement || found instanceof HTMLTextAreaElement ? found : undefined
}
