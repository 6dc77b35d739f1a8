import { ButtonLink } from '@/app/_ui/button'

/** The way to «Паспорт моих данных». */
export function DataCard() {
  return (
    <>
      <h2>Мои данные</h2>
      <p className="max-w-[65ch]">
        Что мы о вас храним, зачем и до какого дня, кто это смотрел. Там же — копия, исправление и отзыв
        согласия.
      </p>
      <p>
        <ButtonLink href="/personal/profile/data" look="second">
          Паспорт моих данных
        </ButtonLink>
      </p>
    </>
  )
}
