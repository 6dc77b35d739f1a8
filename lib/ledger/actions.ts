'use server'

import { redirect } from 'next/navigation'
import { subscriberAction } from '@/lib/session/action'
import { choosePaperless } from './paperless'
import { paperlessInput } from './schema'

/** How the bills of an account come; back on the profile, which says what is chosen. */
export const savePaperless = subscriberAction(paperlessInput, async (input, subscriber) => {
  const result = await choosePaperless(subscriber, input)
  if (result.status === 'ok') redirect('/personal/profile?done=saved')
  return result
})
