import { z } from 'zod'
import { type Period, parsePeriod } from '@/lib/units/period'
import { meterId } from './meters-schema'

/** Largest picture taken, bytes. */
export const PHOTO_LIMIT = 10 * 1024 * 1024
/** Pictures kept of a meter's month. */
export const MOST_PHOTOS = 3

/** What a form says of a picture: the meter and the month its reading is of. */
export const photoForm = z.object({
  meter: meterId,
  period: z.string().transform((text, context): Period => {
    const found = parsePeriod(text)
    if (found) return found
    context.addIssue({ code: 'custom', message: 'no month' })
    return z.NEVER
  }),
})
export type PhotoInput = z.output<typeof photoForm>

/** Why a picture was not kept, by the code in the address of the page it leads back to. */
export const photoProblems = {
  'not-a-file': 'Снимок не выбран.',
  'too-big': 'Снимок больше 10 МБ. Снимите с меньшим качеством или обрежьте.',
  truncated: 'Снимок пришёл не целиком: связь оборвалась. Отправьте его ещё раз.',
  'not-a-picture': 'Это не снимок JPEG, PNG или WebP, либо файл повреждён.',
  heic: 'Снимок в формате HEIC. Сохраните его как JPEG: на iPhone это «Настройки», «Камера», «Форматы», «Наиболее совместимый».',
  'too-large': 'На снимке больше 50 миллионов точек. Снимите с меньшим качеством.',
  absent: 'Для этого счётчика за этот месяц показаний нет: снимок приложить не к чему.',
  full: `К показанию уже приложено ${MOST_PHOTOS} снимка: больше нельзя.`,
  often: 'Слишком много снимков подряд. Попробуйте завтра.',
  origin:
    'Снимок отправлен не со страницы личного кабинета. Откройте её по нашему адресу и отправьте ещё раз.',
  failure: 'Не получилось: сервис временно недоступен. Подождите минуту и отправьте снимок ещё раз.',
} as const
export type PhotoProblem = keyof typeof photoProblems

/** The code of the address bar, if it is one of ours. */
export function photoProblemOf(code: unknown): string | undefined {
  return Object.entries(photoProblems).find(([known]) => known === code)?.[1]
}
