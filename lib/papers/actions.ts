'use server'

import { ok, Shown } from '@/lib/result'
import { publicAction } from '@/lib/session/action'
import { checkPaper } from './queries'
import { checkInput } from './schema'
import { factsOf } from './words'

/** «Проверить». */
export const checkPaperAction = publicAction(checkInput, async (input, { address }) => {
  const found = await checkPaper(input, address)
  return found.status === 'ok' ? ok(new Shown(factsOf(found.value))) : found
})
