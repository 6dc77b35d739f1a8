'use server'

import { redirect } from 'next/navigation'
import { invalid } from '@/lib/result'
import { staffAction, subscriberAction } from '@/lib/session/action'
import { eraseWithdrawn } from './erasure'
import { askDataCorrection, recallRequest, settleCorrection, withdrawConsent } from './requests'
import { correctionInput, eraseInput, exportInput, recallInput, settleInput, withdrawalInput } from './schema'

const PAGE = '/personal/profile/data'

/** «Попросить исправить». */
export const askCorrection = subscriberAction(correctionInput, async ({ text }, subscriber) => {
  const result = await askDataCorrection(subscriber, text, new Date())
  if (result.status === 'ok') redirect(`${PAGE}?done=asked`)
  return result
})

/** «Отозвать согласие». */
export const withdraw = subscriberAction(
  withdrawalInput,
  async (_input, subscriber) => {
    await withdrawConsent(subscriber, new Date())
    redirect(`${PAGE}?done=withdrawn`)
  },
  { fresh: true },
)

/** «Передумать». */
export const recall = subscriberAction(recallInput, async ({ id }, subscriber) => {
  const result = await recallRequest(subscriber, id, new Date())
  if (result.status === 'ok') redirect(`${PAGE}?done=recalled`)
  return result
})

/**
 * «Получить копию»: leads to the page with a link to the file, which looks again whether the password was typed just now. Not to
 * the file itself: a browser stays on the page then, and the form would wait for ever.
 */
export const takeCopy = subscriberAction(
  exportInput,
  async ({ format, understood }, { mode }) => {
    if (mode === 'shared' && !understood)
      return invalid({ understood: 'Это чужой компьютер: поставьте отметку, если файл всё же нужен здесь' })
    redirect(`${PAGE}?copy=${format}${understood ? '&understood=1' : ''}`)
  },
  { fresh: true },
)

/** «Ответить» to a correction. */
export const settle = staffAction('privacy.settle', settleInput, async (input, staff) => {
  const result = await settleCorrection(staff, input, new Date())
  if (result.status === 'ok') redirect('/admin/privacy?done=settled')
  return result
})

/** «Уничтожить данные». */
export const erase = staffAction(
  'privacy.settle',
  eraseInput,
  async ({ id }, staff) => {
    const result = await eraseWithdrawn(staff, id, new Date())
    if (result.status === 'ok') redirect(`/admin/privacy/acts/${result.value.act}`)
    return result
  },
  { fresh: true },
)
