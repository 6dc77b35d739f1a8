'use client'

import { useEffect } from 'react'
import { forgetPage } from './kept-page'

/** On the page after «Выйти»: no page of the person and nothing half typed stays on the phone. */
export function ForgetPage() {
  useEffect(() => {
    forgetPage().catch(() => undefined)
    // «Выйти» by script brings this page in the answer to the form, without the header that empties the cache.
    fetch('/personal/login?state=out', { method: 'HEAD' }).catch(() => undefined)
  }, [])
  return null
}
