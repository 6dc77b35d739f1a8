import { Card } from '@/app/_ui/box'
import type { KindOutlook } from '@/lib/ledger/outlook'
import { averageMonths, priceWords } from '@/lib/ledger/outlook-words'
import { measure } from '@/lib/ledger/words'
import { meterTitle } from '@/lib/readings/words'
import { formatMoney, type Kopecks, sumKopecks } from '@/lib/units/money'

/** «Если не передам»: what the month costs by the readings, by the average and by the norm, and when each of them counts. */
export function IfNotSent({
  account,
  outlook,
}: {
  /** Named where the page shows several. */
  account: { address: string; accountNumber: string } | undefined
  outlook: readonly KindOutlook[]
}) {
  const told = outlook.filter(({ average, norm }) => average || norm)
  if (told.length === 0) return null
  return (
    <Card>
      <details>
        <summary className="min-h-11 cursor-pointer py-2 font-semibold">
          Если не передам
          {account ? (
            <span className="block font-normal text-soft">{`${account.address}, счёт ${account.accountNumber}`}</span>
          ) : null}
        </summary>
        <div className="grid max-w-[42rem] gap-5 pt-2">
          {told.map((kind) => (
            <Kind key={kind.kind} kind={kind} />
          ))}
          {told.length > 1 ? <Total kinds={told} /> : null}
          <p className="text-[0.94em] text-soft">
            Суммы примерные: по тарифам последней квитанции. Без показаний начисляем по среднему не больше 3
            месяцев подряд, потом по нормативу (постановление Правительства № 354, пункты 59 и 60).
          </p>
        </div>
      </details>
    </Card>
  )
}

function Kind({
  kind: { kind, unit, counters, sent, average, norm, without, averageLeft },
}: {
  kind: KindOutlook
}) {
  const count =
    norm && `${measure(norm.count, norm.per === 'person' ? 'чел.' : 'м²')} × ${measure(norm.each, unit)}`
  return (
    <section>
      <h3>{meterTitle(kind, '')}</h3>
      <dl>
        {sent ? <Row words="Вы передали" volume={measure(sent.volume, unit)} cost={sent.cost} /> : null}
        {average && without === 'average' ? (
          <Row
            words={`${unsent(sent)} по среднему`}
            volume={measure(average.volume, unit)}
            cost={average.cost}
          />
        ) : null}
        {norm ? (
          <Row
            words={
              without === 'norm'
                ? `${unsent(sent)} по нормативу`
                : `Через ${averageMonths(averageLeft)} без показаний: по нормативу`
            }
            volume={`${measure(norm.volume, unit)} (${count})`}
            cost={norm.cost}
          />
        ) : null}
      </dl>
      {counters.map(({ register, name, price }) =>
        price ? (
          <p key={register} className="text-[0.94em] text-soft">
            {`${name ? `${name}: ` : ''}${priceWords(price, unit)}`}
          </p>
        ) : null,
      )}
    </section>
  )
}

function unsent(sent: unknown): string {
  return sent ? 'Без показаний было бы:' : 'Не передадите:'
}

function Row({ words, volume, cost }: { words: string; volume?: string; cost: Kopecks | undefined }) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-t border-line py-2">
      <dt>
        {words}
        {volume ? <span className="block text-[0.94em] text-soft">{volume}</span> : null}
      </dt>
      <dd className="font-medium whitespace-nowrap tabular-nums">
        {cost === undefined ? 'сумма не известна' : formatMoney(cost)}
      </dd>
    </div>
  )
}

/** The kinds together; a sum of which a part is not known is left out. */
function Total({ kinds }: { kinds: readonly KindOutlook[] }) {
  const rows: [string, Kopecks | undefined][] = [
    ['Вы передали', sumOf(kinds, ({ sent }) => sent?.cost)],
    [
      'Не передадите',
      sumOf(kinds, ({ without, average, norm }) => (without === 'average' ? average : norm)?.cost),
    ],
    ['По нормативу', sumOf(kinds, ({ norm }) => norm?.cost)],
  ]
  const known = rows.filter(([, cost]) => cost !== undefined)
  if (known.length === 0) return null
  return (
    <section>
      <h3>Всего за месяц</h3>
      <dl>
        {known.map(([words, cost]) => (
          <Row key={words} words={words} cost={cost} />
        ))}
      </dl>
    </section>
  )
}

function sumOf(
  kinds: readonly KindOutlook[],
  cost: (kind: KindOutlook) => Kopecks | undefined,
): Kopecks | undefined {
  const known = kinds.flatMap((kind) => cost(kind) ?? [])
  return known.length === kinds.length ? sumKopecks(known) : undefined
}
