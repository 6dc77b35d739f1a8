'use server'

import { redirect } from 'next/navigation'
import { staffAction } from '@/lib/session/action'
import { verifyRecent } from './commands'
import { verifyForm } from './schema'

/** «Проверить»; the page then says what was found. */
export const verify = staffAction('audit.see', verifyForm, async (_input, staff) => {
  await verifyRecent(staff)
  redirect('/admin/audit?verified=1')
})
