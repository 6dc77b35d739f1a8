import { Notice } from '@/app/_ui/box'
import type { Statement } from '@/lib/ledger/queries'
import { formatMoney, kopecks } from '@/lib/units/money'
import { formatPeriod } from '@/lib/units/period'

/** What does not fit together in a bill: told, never put right here. */
export function Doubts({ bill: { addsUp, openingGap, previous } }: { bill: Statement }) {
  return (
    <>
      {addsUp ? null : (
        <Notice tone="warn" title="В этой квитанции суммы не сходятся">
          <p>
            Показываем её так, как она пришла из расчётной системы. Если ошибка важна для вас, позвоните нам.
          </p>
        </Notice>
      )}
      {openingGap && previous ? (
        <Notice
          tone="warn"
          title={`На начало месяца в квитанции указано на ${formatMoney(size(openingGap))} ${
            openingGap > 0n ? 'больше' : 'меньше'
          }, чем было в конце прошлой`}
        >
          <p>
            {`Прошлая квитанция — за ${formatPeriod(previous)}. Показываем обе так, как они пришли из расчётной системы. Спросите нас, откуда разница.`}
          </p>
        </Notice>
      ) : null}
    </>
  )
}

function size(amount: bigint) {
  return kopecks(amount < 0n ? -amount : amount)
}
