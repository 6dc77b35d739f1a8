import { Badge, Card } from '@/app/_ui/box'
import type { KindOutlook } from '@/lib/ledger/outlook'
import { expiredCostWords } from '@/lib/ledger/outlook-words'
import type { MeterState } from '@/lib/readings/queries'
import { formatDay } from '@/lib/units/day'
import { MeterLink } from './meter-link'

/** A meter that takes no readings any more, and what to do about it. */
export function ExpiredMeter({
  meter: { id, title, serial, expiredOn },
  outlook,
  phones,
  linked = false,
}: {
  meter: MeterState
  outlook?: KindOutlook | undefined
  phones: readonly { text: string; tel: string }[]
  /** Whether it leads to the meter's page: for those who may see it. */
  linked?: boolean
}) {
  return (
    <Card className="grid gap-2">
      <div className="flex items-start justify-between gap-3">
        <h2>{title}</h2>
        <Badge tone="warn">поверка истекла</Badge>
      </div>
      <p className="text-[0.94em] text-soft">{`№ ${serial}`}</p>
      <p>
        {expiredOn ? `Поверка действовала до ${formatDay(expiredOn)}. ` : ''}
        Показания этого счётчика пока не принимаем.{' '}
        {outlook ? expiredCostWords(outlook) : 'Начисляем по среднему.'}
      </p>
      <p>
        Закажите поверку или замену:{' '}
        {phones.map((phone) => (
          <a key={phone.tel} href={`tel:${phone.tel}`} className="mr-4 inline-flex min-h-11 items-center">
            {phone.text}
          </a>
        ))}
      </p>
      {linked ? <MeterLink meter={{ id, title }} /> : null}
    </Card>
  )
}
