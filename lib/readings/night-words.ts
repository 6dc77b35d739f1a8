import type { Leak } from './night'
import type { MeterKind } from './words'

/** What it may be, in a heading and a sentence. */
export interface LeakWords {
  title: string
  advice: string
}

/** What a night's result means for a meter of that kind. */
export function leakWords(leak: Leak, kind: MeterKind): LeakWords {
  if (leak === 'none')
    return { title: 'Течи нет', advice: 'Пока краны закрыты, вода через этот счётчик не идёт.' }
  if (leak === 'drip')
    return {
      title: 'Похоже, капает кран',
      advice: 'Столько уходит, когда кран капает. Обычно хватает новой прокладки.',
    }
  if (leak === 'strong')
    return {
      title: 'Сильная течь',
      advice: 'Закройте кран на входе в квартиру, у счётчика, и позвоните нам:',
    }
  return kind === 'hot_water'
    ? {
        title: 'Похоже, подтекает смеситель',
        advice: 'Посмотрите смесители и соединения труб: столько уходит тонкой струйкой.',
      }
    : {
        title: 'Похоже, подтекает бачок унитаза',
        advice:
          'Бросьте в бачок немного краски или заварки: если вода в унитазе окрасится, бачок течёт. Если нет, посмотрите краны.',
      }
}
