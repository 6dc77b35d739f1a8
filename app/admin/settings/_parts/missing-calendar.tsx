import { Notice } from '@/app/_ui/box'

/** Says of which years the production calendar is not loaded; nothing when all are there. */
export function MissingCalendar({ years }: { years: readonly number[] }) {
  if (years.length === 0) return null
  return (
    <Notice tone="warn" title={`Календарь ${years.join(' и ')} года не загружен`}>
      <p>
        Рабочими в нём считаются все дни с понедельника по пятницу: сроки у праздников выйдут раньше, чем
        должны.
      </p>
    </Notice>
  )
}
