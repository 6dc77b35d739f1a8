'use server'

import { redirect } from 'next/navigation'
import { staffAction } from '@/lib/session/action'
import { loadImport } from './commands'
import { loadForm } from './schema'

/** «Загрузить». Somebody was quicker: the page tells who. */
export const load = staffAction(loadForm, async ({ importId, withoutRejects }, staff) => {
  const result = await loadImport(staff, importId, { withoutRejects })
  if (result.status === 'ok') redirect(`/admin/exchange/${importId}`)
  if (result.status === 'refused' && result.code === 'loaded')
    redirect(`/admin/exchange/${importId}?already=1`)
  return result
})
