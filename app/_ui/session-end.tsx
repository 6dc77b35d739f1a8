'use client'

import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Button } from './button'

const MINUTE_MS = 60_000

/** How the sign-in stands: far from its end, a minute before it, or past it. */
type Standing = 'far' | 'idle-soon' | 'day-soon' | 'over'

/**
 * Says a minute before a staff sign-in ends, and when it has ended. Every page opened begins the idle time anew. Without
 * JavaScript nothing is said, and the login brings one back to the page.
 * `idleMs`: the whole idle time; `leftMs`: until it ends; `dayMs`: until the absolute end; `stamp`: changes with every answer.
 */
export function SessionEnd(left: { idleMs: number; leftMs: number; dayMs: number; stamp: number }) {
  const { standing, set } = useStanding(left)
  const router = useRouter()
  if (standing === 'far') return null
  return (
    <div
      role="status"
      className="sticky top-0 z-10 flex flex-wrap items-center gap-x-5 gap-y-2 border-b border-warn bg-warn-wash px-5 py-2 print:hidden"
    >
      {standing === 'idle-soon' ? (
        <>
          <p>Вход закончится через минуту: давно не было действий.</p>
          <Button
            type="button"
            look="second"
            onClick={() => {
              set('far')
              router.refresh()
            }}
          >
            Остаться
          </Button>
        </>
      ) : null}
      {standing === 'day-soon' ? (
        <p>Вход длится не дольше 8 часов и закончится через минуту. Отправьте то, что набрали.</p>
      ) : null}
      {standing === 'over' ? (
        <p>
          Вход закончился. То, что вы набрали, на месте:{' '}
          <a href="/personal/login" target="_blank" rel="noreferrer" className="inline-block py-2">
            войдите в новой вкладке
          </a>{' '}
          и вернитесь сюда.
        </p>
      ) : null}
    </div>
  )
}

function useStanding({ idleMs, leftMs, dayMs, stamp }: Parameters<typeof SessionEnd>[0]) {
  const [standing, set] = useState<Standing>('far')
  const page = `${usePathname()}?${useSearchParams()}`
  const answered = useRef({ stamp: 0, page: '', dayEnd: 0 })
  useEffect(() => {
    const fresh = answered.current.stamp !== stamp
    const dayEnd = fresh ? Date.now() + dayMs : answered.current.dayEnd
    const idleEnd = Date.now() + (fresh ? leftMs : idleMs)
    answered.current = { stamp, page, dayEnd }
    return countDown(idleEnd, dayEnd, set)
  }, [stamp, page, idleMs, leftMs, dayMs])
  return { standing, set }
}

/** Asked of the clock every few seconds: timers of a computer that slept are late. @returns what stops it */
function countDown(idleEnd: number, dayEnd: number, set: (standing: Standing) => void): () => void {
  const look = () => {
    const left = Math.min(idleEnd, dayEnd) - Date.now()
    if (left <= 0) set('over')
    else if (left > MINUTE_MS) set('far')
    else set(dayEnd <= idleEnd ? 'day-soon' : 'idle-soon')
  }
  look()
  const timer = setInterval(look, 5_000)
  return () => clearInterval(timer)
}
