import { Card, Notice } from '@/app/_ui/box'
import { ButtonLink } from '@/app/_ui/button'
import { RefreshWhileWorking } from '@/app/_ui/refresh'
import type { paymentForVisitor } from '@/lib/payments/queries'
import { isOpen } from '@/lib/payments/rules'
import { cancelWords, methodWords, stateWords } from '@/lib/payments/words'
import { formatInstant } from '@/lib/units/day'
import { formatMoney, sumKopecks } from '@/lib/units/money'
import { Parts } from './parts'

export type ShownPayment = NonNullable<Awaited<ReturnType<typeof paymentForVisitor>>>

/** What became of a payment, at once and truly, and what to do now. `again`: where to try once more. */
export function Outcome({ payment, again }: { payment: ShownPayment; again: string }) {
  const { number, state, createdAt, succeededAt, amount, method, email, parts } = payment
  return (
    <>
      <Standing payment={payment} again={again} />
      <Card className="grid gap-3">
        <p className="text-[clamp(1.9rem,10.5vw,2.75rem)] leading-tight font-bold whitespace-nowrap tabular-nums">
          {formatMoney(amount)}
        </p>
        <p className="text-soft">
          {`Платёж № ${number}, ${methodWords(method)}, ${formatInstant(succeededAt ?? createdAt)}`}
        </p>
        <Parts parts={parts} />
        {state === 'canceled' ? null : (
          <p className="text-soft">
            {email
              ? `${state === 'succeeded' ? 'Чек придёт' : 'Когда оплата пройдёт, чек придёт'} на ${email}.`
              : 'Почту для чека вы не указали.'}
          </p>
        )}
      </Card>
    </>
  )
}

function Standing({ payment, again }: { payment: ShownPayment; again: string }) {
  const { state, cancelReason, confirmationUrl, parts } = payment
  const title = stateWords(state)
  if (isOpen(state)) return <Checking confirmationUrl={state === 'pending' ? confirmationUrl : null} />
  if (state === 'quarantined')
    return (
      <Notice tone="warn" role="status" title={title}>
        <p>
          Сведения банка разошлись с нашими. Деньги не пропадут: сотрудник зачислит их или вернёт. Платить
          второй раз не нужно.
        </p>
      </Notice>
    )
  if (state === 'canceled')
    return (
      <div className="grid gap-4">
        <Notice tone="bad" role="status" title={title}>
          <p>{`${cancelWords(cancelReason)} Деньги не списаны; если банк их придержал, он вернёт их сам.`}</p>
        </Notice>
        <ButtonLink href={again}>Попробовать ещё раз</ButtonLink>
      </div>
    )
  const returned = sumKopecks(
    parts.flatMap((part) => part.refunds.filter((one) => one.state === 'succeeded').map((one) => one.amount)),
  )
  return (
    <Notice tone="good" role="status" title={title}>
      <p>
        {returned > 0n
          ? `Из этих денег вам возвращено ${formatMoney(returned)}.`
          : 'Деньги зачислены, долг уменьшился.'}
      </p>
    </Notice>
  )
}

/** The page looks again by itself until the outcome is known. */
function Checking({ confirmationUrl }: { confirmationUrl: string | null }) {
  return (
    <div className="grid gap-4">
      <RefreshWhileWorking everyMs={4_000} />
      <noscript>
        <meta httpEquiv="refresh" content="5" />
      </noscript>
      <Notice tone="water" role="status" title="Проверяем">
        <p>
          Ждём ответа банка, страница обновится сама. Её можно закрыть: деньги не пропадут, если они списаны,
          мы их зачислим. Если вы уже заплатили, второй раз не платите.
        </p>
      </Notice>
      {confirmationUrl ? (
        <p>
          Ещё не заплатили?{' '}
          <a href={confirmationUrl} className="inline-flex min-h-11 items-center">
            Вернуться к оплате
          </a>
        </p>
      ) : null}
    </div>
  )
}
