'use client'

import { unstable_rethrow } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { draftOf, fill, valuesOf } from '@/app/personal/_phone/draft'
import { sendWaiting } from '@/app/personal/_phone/queue'
import type { Sending } from '@/app/personal/_phone/sending'
import { watchSendings } from '@/app/personal/_phone/storage'
import { dropSending, isAccepted, isWaiting, keepSending, sendingOf } from '@/app/personal/_phone/store'
import type { FormState } from '@/lib/result'

type Action = (state: FormState, form: FormData) => Promise<FormState>

/** What the phone must know of a form to keep what is typed in it. */
export interface Kept {
  /** Whose phone it is; undefined where nothing may be kept. */
  owner: string | undefined
  /** Field name → dial text of the value in force; '' for none. */
  known: Record<string, string>
  /** Field name → what the field is called. */
  labels: Record<string, string>
}

/** An answer that takes longer is not waited for: what was typed goes on the phone. */
const PATIENCE_MS = 20_000

/** Something was typed here since the button was last pressed: a form made anew must not swallow it. */
let typing = false

/**
 * The form's action, and behind it the phone: what the network did not take is kept there (`_phone/store.ts`) and sent
 * later; where nothing may be kept, it stays typed. On the server it is the action itself.
 */
export function keeping(action: Action, kept: Kept): Action {
  if (typeof window === 'undefined') return action
  const owner = isSecureContext ? kept.owner : undefined
  return async (state, form) => {
    typing = false
    const earlier = owner ? unsettled(owner) : undefined
    if (!earlier && navigator.onLine) {
      try {
        return await inTime(action(state, form))
      } catch (error) {
        unstable_rethrow(error)
      }
    }
    return owner ? keepAndSend(newSending(form, kept, owner, earlier)) : notKept(NO_NETWORK, valuesOf(form))
  }
}

function unsettled(owner: string): Sending | undefined {
  const one = sendingOf(owner)
  return one && !isAccepted(one) ? one : undefined
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS)
  })
  return Promise.race([answer, late])
}

function newSending(form: FormData, kept: Kept, owner: string, earlier: Sending | undefined): Sending {
  return {
    key: crypto.randomUUID(),
    owner,
    values: valuesOf(form),
    known: kept.known,
    labels: kept.labels,
    takenAt: earlier?.answer?.status === 'invalid' ? earlier.takenAt : Date.now(),
    inForm: true,
  }
}

async function keepAndSend(one: Sending): Promise<FormState> {
  if (!keepSending(one)) return notKept(NO_ROOM, one.values)
  await sendWaiting(one.owner)
  const now = sendingOf(one.owner)
  if (now?.key !== one.key) return { status: 'done' }
  // What comes to be known of it later, this form has not shown.
  if (isWaiting(now)) keepSending({ ...now, inForm: false })
  const { answer } = now
  if (answer?.status === 'invalid') return { status: 'invalid', errors: answer.errors, values: one.values }
  if (answer?.status === 'accepted') {
    dropSending(one.key)
    location.assign(answer.slip)
  }
  return { status: 'done' }
}

const NO_ROOM =
  'Связи нет, а сохранить показания этот браузер не смог. Запишите их и передайте, когда появится связь.'
const NO_NETWORK = 'Связи нет, показания не отправлены. Нажмите кнопку ещё раз, когда она появится.'

function notKept(message: string, values: Record<string, string>): FormState {
  return { status: 'refused', code: 'no-network', message, values }
}

/** Stands inside the form: keeps what is typed through a closed tab, and brings back what the service did not accept. */
export function OnForm({ kept }: { kept: Kept }) {
  const mark = useRef<HTMLSpanElement>(null)
  const { owner } = kept
  const known = JSON.stringify(kept.known)
  useEffect(() => {
    const form = mark.current?.closest('form')
    if (!form || !owner) return
    const draft = draftOf(owner, known)
    fill(form, draft.read(typing))
    const onInput = () => {
      typing = true
      draft.write(valuesOf(new FormData(form)))
    }
    const onSendings = () => bringBack(form, owner)
    onSendings()
    form.addEventListener('input', onInput)
    const stop = watchSendings(onSendings)
    return () => {
      form.removeEventListener('input', onInput)
      stop()
    }
  }, [owner, known])
  return <span ref={mark} hidden />
}

/** What was refused by field is typed again and sent, so that the errors stand where those of any sending do. */
function bringBack(form: HTMLFormElement, owner: string): void {
  const refused = sendingOf(owner)
  if (refused?.answer?.status !== 'invalid' || refused.inForm) return
  keepSending({ ...refused, inForm: true })
  fill(form, refused.values)
  requestAnimationFrame(() => form.requestSubmit())
}
