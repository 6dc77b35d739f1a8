'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { sendWaiting } from './queue'
import { watchSendings } from './storage'
import { isAccepted, sendingOf } from './store'

const AGAIN_MS = 30_000

/** Tries when the page opens or is looked at again, when the network comes back, and every half a minute. */
export function useSending(owner: string, waits: boolean): void {
  useEffect(() => {
    if (!waits) return
    const send = () => {
      if (document.visibilityState === 'visible') void sendWaiting(owner)
    }
    send()
    const timer = setInterval(send, AGAIN_MS)
    addEventListener('online', send)
    document.addEventListener('visibilitychange', send)
    return () => {
      clearInterval(timer)
      removeEventListener('online', send)
      document.removeEventListener('visibilitychange', send)
    }
  }, [owner, waits])
}

/** The page shows what has been accepted since it was made, by this tab or another. */
export function useArrival(owner: string): void {
  const router = useRouter()
  useEffect(() => {
    const acceptedKey = () => {
      const sending = sendingOf(owner)
      return sending && isAccepted(sending) ? sending.key : undefined
    }
    let seen = acceptedKey()
    return watchSendings(() => {
      const now = acceptedKey()
      if (now && now !== seen) router.refresh()
      seen = now
    })
  }, [owner, router])
}
