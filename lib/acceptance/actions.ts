'use server'

import { redirect } from 'next/navigation'
import { subscriberAction } from '@/lib/session/action'
import { AGREEMENT_PAGE } from '@/lib/session/gate'
import { acceptDocuments } from './commands'
import { acceptForm } from './schema'

/** «Принимаю»: on to where the person went, or back to the page when another version took force meanwhile. */
export const accept = subscriberAction(
  acceptForm,
  async (form, subscriber) => {
    const result = await acceptDocuments(subscriber, form, new Date())
    if (result.status === 'ok') redirect(form.next ?? '/personal')
    if (result.status === 'refused') {
      const query = new URLSearchParams({ state: result.code, ...(form.next ? { next: form.next } : {}) })
      redirect(`${AGREEMENT_PAGE}?${query}`)
    }
    return result
  },
  { accepting: true },
)
