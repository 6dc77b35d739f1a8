import { type CalendarDay, formatInstant } from '@/lib/units/day'
import { plural } from '@/lib/units/text'

const HOURS_OF_DAY = 9

/** What people quote: the year of the Moscow day, then a running number. */
export function requestNumber(submittedOn: CalendarDay, serial: number): string {
  return `${submittedOn.slice(0, 4)}-${String(serial).padStart(4, '0')}`
}

/** Whether an account is open on a day: billing closes it from `closedOn` on. */
export function isOpen(account: { closedOn: CalendarDay | null }, today: CalendarDay): boolean {
  return account.closedOn === null || account.closedOn > today
}

/** Working time left before a deadline, in words and in the urgency it has; hours may be negative. */
export function timeLeft(hours: number): { words: string; urgency: 'bad' | 'warn' | 'water' } {
  if (hours < 0) return { words: 'просрочено', urgency: 'bad' }
  if (hours < 1) return { words: 'меньше часа', urgency: 'bad' }
  if (hours < HOURS_OF_DAY) return { words: `${Math.floor(hours)} ч`, urgency: hours < 4 ? 'bad' : 'warn' }
  return { words: plural(Math.floor(hours / HOURS_OF_DAY), ['день', 'дня', 'дней']), urgency: 'water' }
}

/** What the second of two staff reads: who decided, and when. */
export function decidedWords(decision: 'approved' | 'refused', login: string, at: Date): string {
  const act = decision === 'approved' ? 'Заявку уже подтвердил(а)' : 'По заявке уже отказал(а)'
  return `${act} ${login} ${formatInstant(at)}`
}

/** What somebody who sends requests one after another reads. */
export function tooManyWords(minutes: number): string {
  const hours = Math.ceil(minutes / 60)
  const wait =
    minutes <= 90 ? plural(minutes, ['минуту', 'минуты', 'минут']) : plural(hours, ['час', 'часа', 'часов'])
  return `Слишком много заявок подряд. Попробуйте ещё раз через ${wait} или позвоните нам. То, что вы ввели, на месте.`
}

/** What somebody reads who changed a form that was sent already and sent it again. */
export function alreadySentWords(number: string): string {
  return `Эта форма уже отправлена: заявка № ${number}. Чтобы подать ещё одну, откройте страницу заявки заново.`
}
