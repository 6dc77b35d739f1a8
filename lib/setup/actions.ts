'use server'

import { redirect } from 'next/navigation'
import { publicAction } from '@/lib/session/action'
import { setUpByCode } from './commands'
import { documentFiles, setUpForm } from './schema'

/** «Настроить»; the administrator goes on to the ordinary login. */
export const setUpAction = publicAction(
  setUpForm,
  async (input, visitor) => {
    const result = await setUpByCode(input, visitor)
    if (result.status !== 'ok') return result
    redirect('/personal/login?state=installed')
  },
  {
    secrets: ['code', 'administrator.password', 'administrator.repeat'],
    files: documentFiles,
    longest: 200_000,
  },
)
