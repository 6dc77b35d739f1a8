import { z } from 'zod'

/** What can be wrong with «Картинка квитанции», in the address the form comes back to. */
export const pictureProblem = z.enum([
  'no-file',
  'too-big',
  'not-a-picture',
  'too-large',
  'no-code',
  'absent',
  'broken',
  'stranger',
  'unknown',
  'busy',
  'origin',
  'failure',
])
export type PictureProblem = z.infer<typeof pictureProblem>

export const pictureProblems: Record<PictureProblem, string> = {
  'no-file': 'Картинка не выбрана.',
  'too-big': 'Картинка больше 8 МБ. Обрежьте её до кода или снимите с меньшего расстояния.',
  'not-a-picture': 'Это не картинка PNG или JPEG.',
  'too-large': 'На картинке больше 50 миллионов точек. Обрежьте её до кода.',
  'no-code': 'QR-код на картинке не читается. Снимите его ближе, прямо и без бликов.',
  absent: 'QR-код есть, но он не платёжный.',
  broken: 'В платёжном коде ошибка: счёт из него узнать нельзя.',
  stranger: 'Это квитанция другой организации.',
  unknown: 'Код прочитан, но лицевого счёта из него у нас нет.',
  busy: 'Сейчас читаются другие картинки. Подождите несколько секунд и отправьте ещё раз.',
  origin: 'Форма отправлена не со страницы кабинета. Откройте её по нашему адресу и отправьте ещё раз.',
  failure: 'Не получилось: сервис временно недоступен. Отправьте картинку ещё раз.',
}
