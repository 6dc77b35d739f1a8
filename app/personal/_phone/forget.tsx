'use client'

import { useEffect } from 'react'
import { forgetPage } from './kept-page'

/** On the page after «Выйти»: no page of the person and nothing half typed stays on the phone. */
export function ForgetPage() {
  useEffect(() => {
    forgetPage().catch(() => undefined)
  }, [])
  return null
}
