import Link from 'next/link'
import { Photos } from '@/app/_photos/photos'
import { Card } from '@/app/_ui/box'
import { May } from '@/app/_ui/may'
import type { DoubtView } from '@/lib/readings/doubts-page'
import type { PhotoView } from '@/lib/readings/photos'
import { formatDay } from '@/lib/units/day'
import { formatPeriod } from '@/lib/units/period'
import { formatPhone } from '@/lib/units/phone'
import { DoubtForms } from './doubt-forms'

/** One odd value: what is odd, what would be likely, and the three things staff can do. */
export function Doubt({ of, photos }: { of: DoubtView; photos: readonly PhotoView[] }) {
  const account = `/admin/accounts/${encodeURIComponent(of.accountNumber)}`
  const taken = of.takenOn ? `, снято ${formatDay(of.takenOn)}` : ''
  const facts: [name: string, value: string | undefined][] = [
    ['Показание', `${of.dial} ${of.unit}${taken}`],
    ['Прошлое', of.previous && `${of.previous.dial}, ${formatDay(of.previous.takenOn)}`],
    ['Расход', of.used && `${of.used} ${of.unit}`],
    ['Обычно в месяц', of.average && `около ${of.average} ${of.unit}`],
    ['Вероятно', of.proposed],
  ]
  return (
    <Card className="grid gap-4">
      <div>
        <h2>{of.what}</h2>
        <p>
          {`${of.title}, `}
          <Link href={`${account}/meters/${of.meterId}`} prefetch={false} className="inline-block py-1">
            {`№ ${of.serial}`}
          </Link>
          {`, ${formatPeriod(of.period)}. `}
          <Link href={account} prefetch={false} className="inline-block py-1">
            {`Счёт ${of.accountNumber}`}
          </Link>
          {`, ${of.address}`}
        </p>
      </div>
      <dl className="grid max-w-xl grid-cols-[auto_1fr] gap-x-8 gap-y-1">
        {facts.map(([name, value]) =>
          value ? (
            <div key={name} className="contents">
              <dt className="text-soft">{name}</dt>
              <dd className="font-medium tabular-nums">{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Photos photos={photos} folder="/admin/readings/photos" />
      {of.handed ? (
        <p className="text-soft">
          Биллинг уже забрал этот месяц: исправленное войдёт в список «Исправления после передачи».
        </p>
      ) : null}
      <May permission="readings.settle">
        <DoubtForms
          doubt={of.id}
          proposed={of.proposed}
          unit={of.unit}
          people={of.people}
          phone={of.phone ? formatPhone(of.phone) : undefined}
          message={messageOf(of)}
        />
      </May>
    </Card>
  )
}

/** The letter as it stands before staff change it. */
function messageOf(of: DoubtView): string {
  const used = of.used && of.average ? ` Расход ${of.used} ${of.unit}, обычно около ${of.average}.` : ''
  return [
    `Здравствуйте! За ${formatPeriod(of.period)} мы получили показание счётчика «${of.title}», № ${of.serial}: ${of.dial}.${used}`,
    'Проверьте, пожалуйста, цифры на счётчике. Если всё верно, ничего делать не нужно. Если ошиблись, исправьте показание в личном кабинете или позвоните нам.',
  ].join('\n')
}
