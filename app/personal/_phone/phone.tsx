'use client'

import { usePathname, useRouter } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { keepPage, takeOver } from './kept-page'
import { NoNetwork } from './no-network'
import { SendingNotice } from './notices'
import { isAccepted, isWaiting, sendWaiting } from './queue'
import { sendingOf, sendingsText, watchSendings } from './store'

/** A page is kept when it has come to rest: what one does on it goes first. */
const REST_MS = 1_500
const AGAIN_MS = 30_000

/** Keeps the readings page, sends what waits when there is a network, and shows how it went. */
export function Phone({ owner }: { owner: string | undefined }) {
  const text = useSyncExternalStore(watchSendings, sendingsText, () => '')
  const path = usePathname()
  const reading = path.startsWith('/personal/readings')
  const sending = owner && text ? sendingOf(owner) : undefined
  const accepted = sending && isAccepted(sending) ? sending.key : ''
  useOwner(owner)
  useKeeping(owner, reading ? `${path} ${accepted}` : undefined)
  useSending(owner, sending !== undefined && isWaiting(sending))
  useRefresh(owner)
  return (
    <div className="grid gap-4 not-empty:mb-4">
      {owner && reading ? <NoNetwork /> : null}
      {sending ? <SendingNotice key={sending.key} sending={sending} /> : null}
    </div>
  )
}

function useOwner(owner: string | undefined): void {
  useEffect(() => {
    // A browser that forbids it all is one that keeps nothing.
    takeOver(owner).catch(() => undefined)
  }, [owner])
}

/** Keeps the page anew on every change of `state`, which an accepted sending is too; undefined where nothing is to be kept. */
function useKeeping(owner: string | undefined, state: string | undefined): void {
  useEffect(() => {
    if (!owner || !state) return
    const timer = setTimeout(() => keepPage(owner).catch(() => undefined), REST_MS)
    return () => clearTimeout(timer)
  }, [owner, state])
}

/** Tries when the page opens or is looked at again, when the network comes back, and every half a minute. */
function useSending(owner: string | undefined, waits: boolean): void {
  useEffect(() => {
    if (!owner || !waits) return
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
function useRefresh(owner: string | undefined): void {
  const router = useRouter()
  useEffect(() => {
    if (!owner) return
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
