import { Card } from '@/app/_ui/box'
import { Button, ButtonLink } from '@/app/_ui/button'
import { UndoForm } from './undo-form'

/** «Отменить загрузку», in two steps: the second says what it does. */
export function Undo({ importId, asked }: { importId: string; asked: boolean }) {
  if (!asked)
    return (
      <form method="get" action={`/admin/exchange/${importId}`}>
        <Button name="undo" value="1" look="second">
          Отменить загрузку
        </Button>
      </form>
    )
  return (
    <Card className="grid max-w-3xl gap-3">
      <h2>Отменить загрузку этого файла?</h2>
      <p>
        Добавленное этим файлом исчезнет, изменённое вернётся к прежнему. Отменить можно, пока на этих данных
        ничего не построено: нет более поздних начислений, показания не переданы в биллинг, новыми записями не
        пользуются.
      </p>
      <div className="flex flex-wrap gap-3">
        <UndoForm importId={importId} />
        <ButtonLink href={`/admin/exchange/${importId}`} look="quiet">
          Оставить как есть
        </ButtonLink>
      </div>
    </Card>
  )
}
