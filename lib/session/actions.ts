'use server'

import { plainAction } from './action'
import { signOutWork } from './sign-out'

/** «Выйти». */
export const signOutAction = plainAction(signOutWork)
