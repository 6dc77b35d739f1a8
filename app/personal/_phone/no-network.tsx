'use client'

import { useSyncExternalStore } from 'react'
import { Notice } from '@/app/_ui/box'
import { formatInstant } from '@/lib/units/day'

/** That there is no network, or that the page is an old one, and what can be done all the same. */
export function NoNetwork() {
  const online = useOnline()
  const kept = useSyncExternalStore(watchNetwork, keptAt, () => undefined)
  if (online && !kept) return null
  const as = kept ? `Страница такая, какой была ${formatInstant(new Date(kept))}. ` : ''
  return (
    <Notice tone="plain" role="status" title={online ? 'Страница открыта из памяти телефона' : 'Нет связи'}>
      {online ? (
        <p>
          {as}
          <a href="/personal/readings" className="inline-block py-1">
            Открыть свежую
          </a>
        </p>
      ) : (
        <p>
          {`${as}Введите показания и нажмите «Передать показания»: сохраним их на телефоне и отправим, когда появится связь.`}
        </p>
      )}
    </Notice>
  )
}

/** Whether the browser thinks that there is a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(
    watchNetwork,
    () => navigator.onLine,
    () => true,
  )
}

function watchNetwork(listener: () => void): () => void {
  addEventListener('online', listener)
  addEventListener('offline', listener)
  return () => {
    removeEventListener('online', listener)
    removeEventListener('offline', listener)
  }
}

/** The kept copy says when it was made (`kept-page.ts`). */
function keptAt(): string | undefined {
  return document.documentElement.dataset.kept
}
