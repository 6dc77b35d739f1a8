import { z } from 'zod'
import { documentNames } from '@/lib/documents/schema'
import type { ListedVersion } from '@/lib/publishing/queries'
import { formatDay, moscowDay } from '@/lib/units/day'

/** «Пользовательское соглашение: версия 2 опубликована…» for `?published=agreement-2`; undefined for anything else. */
export function publishedNotice(given: unknown, versions: readonly ListedVersion[]): string | undefined {
  const named = z.string().safeParse(given).data
  const found = versions.find(({ kind, version }) => `${kind}-${version}` === named)
  if (!found) return undefined
  const when =
    found.state === 'coming'
      ? `начнёт действовать ${formatDay(moscowDay(found.effectiveFrom))}`
      : 'действует с этой минуты'
  return `${documentNames[found.kind]}: версия ${found.version} опубликована и ${when}`
}
