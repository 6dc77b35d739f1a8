'use client'

import { useSyncExternalStore } from 'react'
import { Button } from './button'

const never = () => () => undefined

/** Opens the browser's print window; without JavaScript there is no such button, only the words beside it. */
export function PrintButton() {
  const scripted = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return scripted ? (
    <Button type="button" look="second" onClick={() => window.print()}>
      Печать
    </Button>
  ) : null
}
