'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Asks for the page's figures anew while work goes on; what one has typed or stands on stays where it is. */
export function RefreshWhileWorking({ everyMs = 2_000 }: { everyMs?: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
