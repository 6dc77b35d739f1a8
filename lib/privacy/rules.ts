import { addDays, type CalendarDay } from '@/lib/units/day'
import { addWorkingDays } from '@/lib/units/workdays'

/** What a person may ask for. */
export type PrivacyKind = 'correction' | 'withdrawal'

/** The last day by law: a correction in seven working days (152-ФЗ art. 21 §2), destruction in thirty days (art. 21 §5). */
export function lastDay(kind: PrivacyKind, asked: CalendarDay): CalendarDay {
  return kind === 'correction' ? addWorkingDays(asked, 7) : addDays(asked, 30)
}

/** What stands in place of a name that was destroyed. */
export const DESTROYED = 'удалено'

/** How many of what was destroyed, in words of the act; kinds of which nothing was are left out. */
export function destroyedWords(destroyed: Readonly<Record<string, number>>): string[] {
  return Object.entries(destroyed)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${destroyedNames[what] ?? what}: ${count}`)
}

/** Categories of personal data as the act of their destruction names them. */
export const destroyedNames: Record<string, string> = {
  users: 'имя, электронная почта, телефон и пароль пользователя',
  passports: 'паспортные данные',
  requests: 'имя, адреса, почта и телефон в заявках на доступ',
  sessions: 'сетевые адреса и устройства входов',
  letters: 'адреса и содержание писем',
  texts: 'номера и тексты SMS',
  contacts: 'прежние почта и телефоны',
  helpers: 'имена и почта в приглашениях помощников',
  enquiryContacts: 'имя, почта и телефон в обращениях',
  enquiryFiles: 'файлы, приложенные к обращениям',
  photos: 'снимки счётчиков',
  nights: 'ночные проверки утечек',
  consents: 'сетевые адреса при согласиях',
  channels: 'выбор способов связи',
  scans: 'сканы заявлений об отключении',
}
