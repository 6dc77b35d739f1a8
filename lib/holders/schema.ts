import { z } from 'zod'
import { type CalendarDay, parseDay } from '@/lib/units/day'
import { freeLine, line } from '@/lib/units/fields'

/** Of a scan, bytes. */
export const SCAN_LIMIT = 5_000_000

function realDay(missing: string) {
  return z.string(missing).transform((text, context): CalendarDay => {
    const found = parseDay(text)
    if (found) return found
    context.addIssue({ code: 'custom', message: missing })
    return z.NEVER
  })
}

const scan = z
  .instanceof(File)
  .refine(
    (file) => file.size <= SCAN_LIMIT,
    'Файл больше 5 МБ. Уменьшите его или отсканируйте с меньшим разрешением.',
  )
  .optional()

/** «Отключить счёт» by the holder's written application. */
export const disconnectInput = z.object({
  account: z.string().min(1).max(40),
  userId: z.uuid(),
  number: line('Укажите номер, под которым заявление записано у вас', 40),
  day: realDay('Укажите день заявления, например 24.11.2026'),
  note: freeLine(500),
  scan,
})
export type DisconnectInput = z.output<typeof disconnectInput>

/** «Записать смену»: with it come the fields of the meters, and for each that was not read `why{id}`. */
export const ownerInput = z
  .object({
    account: z.string().min(1).max(40),
    day: realDay('Укажите день, с которого собственник другой'),
    basis: line('Назовите документ, его номер и день: «Договор купли-продажи № 5 от 12.11.2026»', 300),
    newHolder: line('Напишите фамилию, имя и отчество нового собственника', 200),
    login: freeLine(40),
  })
  .catchall(z.string())
export type OwnerInput = z.output<typeof ownerInput>

/** `?day=` of the page of a change; anything else counts as not chosen. */
export const dayOfAddress = z.string().transform(parseDay).optional().catch(undefined)
