import Link from 'next/link'
import { correctionOf } from '@/lib/readings/corrections-page'
import { requireSubscriber } from '@/lib/session/require'
import type { Period } from '@/lib/units/period'

const states = {
  accepted: 'Исправлено по вашему запросу.',
  refused: 'Мы оставили прежнее показание.',
}

/** Under a meter whose values billing has taken: how to have them corrected, or what became of such a request. */
export async function CorrectionLine({ meterId, period }: { meterId: number; period: Period }) {
  const last = await correctionOf(await requireSubscriber(), meterId, period)
  const waiting = last !== undefined && last.outcome === null
  return (
    <p>
      {last?.outcome ? `${states[last.outcome]} ` : ''}
      {waiting ? 'Запрос об исправлении ждёт ответа. ' : ''}
      {last ? (
        <Link
          href="/personal/readings/corrections"
          prefetch={false}
          className="mr-4 inline-flex min-h-11 items-center"
        >
          Что с запросом
        </Link>
      ) : null}
      {waiting ? null : (
        <Link
          href={`/personal/readings/corrections/new?meter=${meterId}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center"
        >
          Исправить показание
        </Link>
      )}
    </p>
  )
}
