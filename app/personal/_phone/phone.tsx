'use client'

import { usePathname } from 'next/navigation'
import { type ComponentType, useEffect, useState, useSyncExternalStore } from 'react'
import { keepPage, takeOver } from './kept-page'
import type { NoticesProps } from './notices'
import { sendingsText, watchSendings } from './storage'

/** A page is kept when it has come to rest: what one does on it goes first. */
const REST_MS = 1_500

/** Keeps the readings page on the phone; what lies there and how it fares is told by `Notices`, which comes when it is needed. */
export function Phone({ owner }: { owner: string | undefined }) {
  const text = useSyncExternalStore(watchSendings, sendingsText, () => '')
  const path = usePathname()
  const reading = path.startsWith('/personal/readings')
  useOwner(owner)
  useKeeping(owner, reading ? `${path} ${text}` : undefined)
  const Notices = useNotices(owner !== undefined && (reading || text.includes(owner)))
  return (
    <div className="grid gap-4 not-empty:mb-4">
      {Notices && owner ? <Notices owner={owner} reading={reading} /> : null}
    </div>
  )
}

function useOwner(owner: string | undefined): void {
  useEffect(() => {
    // A browser that forbids it all is one that keeps nothing.
    takeOver(owner).catch(() => undefined)
  }, [owner])
}

/** Keeps the page anew on every change of `state`, what was sent included; undefined where nothing is to be kept. */
function useKeeping(owner: string | undefined, state: string | undefined): void {
  useEffect(() => {
    if (!owner || !state) return
    const keep = async () => {
      await import('./notices')
      await keepPage(owner)
    }
    const timer = setTimeout(() => keep().catch(() => undefined), REST_MS)
    return () => clearTimeout(timer)
  }, [owner, state])
}

function useNotices(needed: boolean): ComponentType<NoticesProps> | undefined {
  const [Notices, setNotices] = useState<ComponentType<NoticesProps>>()
  useEffect(() => {
    if (!needed) return
    import('./notices').then(
      (loaded) => setNotices(() => loaded.Notices),
      () => undefined,
    )
  }, [needed])
  return Notices
}
