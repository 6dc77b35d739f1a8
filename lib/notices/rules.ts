import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { addMonths, type Period, periodOf } from '@/lib/units/period'

/** What a notice is about. */
export type NoticeKind = 'planned' | 'sudden' | 'news'
/** Whom it is for. */
export type Audience = 'all' | 'house' | 'microdistrict' | 'service'

export const kindNames: Record<NoticeKind, string> = {
  planned: 'Плановое отключение',
  sudden: 'Авария',
  news: 'Новость',
}

/** When it is, and until when it is shown. */
export interface NoticeTimes {
  startsAt: Date | null
  endsAt: Date | null
  shownUntil: Date
}

interface Typed {
  kind: NoticeKind
  startsAt: Date | undefined
  endsAt: Date | undefined
  shownUntil: Date | undefined
  audience: Audience
  place: string
  service?: number | undefined
}

const YEAR_MS = 366 * 24 * 3_600_000

/**
 * Whether what was typed fits together: the fields that are wrong, or the times to keep. An outage is shown until it ends when
 * nothing else is said; a sudden one has begun by now.
 */
export function timesOf(typed: Typed, now: Date): NoticeTimes | { errors: Record<string, string> } {
  const { kind, place, service, audience } = typed
  const endsAt = kind === 'news' ? undefined : typed.endsAt
  const startsAt = kind === 'news' ? undefined : (typed.startsAt ?? (kind === 'sudden' ? now : undefined))
  const shownUntil = typed.shownUntil ?? endsAt
  const errors = {
    ...(kind === 'planned' && !startsAt ? { startsAt: 'Напишите, когда начнётся' } : {}),
    ...(kind === 'planned' && !endsAt ? { endsAt: 'Напишите, когда закончится' } : {}),
    ...(startsAt && endsAt && endsAt <= startsAt ? { endsAt: 'Конец раньше начала' } : {}),
    ...(shownUntil ? {} : { shownUntil: 'Напишите, до какого времени показывать' }),
    ...(shownUntil && shownUntil <= now ? { shownUntil: 'Это время уже прошло' } : {}),
    ...(shownUntil && shownUntil.getTime() > now.getTime() + YEAR_MS ? { shownUntil: 'Не дольше года' } : {}),
    ...(['house', 'microdistrict'].includes(audience) && !place
      ? { place: 'Выберите дом или микрорайон' }
      : {}),
    ...(audience === 'service' && !service ? { service: 'Выберите услугу' } : {}),
  }
  if (Object.keys(errors).length > 0 || !shownUntil) return { errors }
  return { startsAt: startsAt ?? null, endsAt: endsAt ?? null, shownUntil }
}

/** «27 ноября 2026, 09:00 — 17:00»; empty for a notice without a time. */
export function whenWords({ startsAt, endsAt }: Pick<NoticeTimes, 'startsAt' | 'endsAt'>): string {
  if (!startsAt) return endsAt ? `до ${formatInstant(endsAt)}` : ''
  const from = formatInstant(startsAt)
  if (!endsAt) return `с ${from}`
  if (moscowDay(startsAt) === moscowDay(endsAt))
    return `${formatDay(moscowDay(startsAt))}, с ${clock(startsAt)} до ${clock(endsAt)}`
  return `с ${from} до ${formatInstant(endsAt)}`
}

function clock(instant: Date): string {
  return formatInstant(instant).split(', ')[1] ?? ''
}

/** Where an outage stands: ahead, under way or over; news is always under way. */
export function stageOf(
  { startsAt, endsAt }: Pick<NoticeTimes, 'startsAt' | 'endsAt'>,
  now: Date,
): 'ahead' | 'now' | 'over' {
  if (endsAt && endsAt <= now) return 'over'
  return startsAt && startsAt > now ? 'ahead' : 'now'
}

/** Longest SMS, letters: three parts of a Cyrillic one. */
const SMS_LETTERS = 200

/** A notice as an SMS: who, what, when and where to read more, in three parts at most. */
export function smsWords(
  company: string,
  { title, startsAt, endsAt }: { title: string } & Pick<NoticeTimes, 'startsAt' | 'endsAt'>,
  address: string,
): string {
  const when = whenWords({ startsAt, endsAt })
  const tail = `${when ? `, ${when}` : ''}. ${address}`
  const room = SMS_LETTERS - tail.length - company.length - 3
  const head = title.length > room ? `${title.slice(0, Math.max(20, room - 1))}…` : title
  return `${company}: ${head}${tail}`
}

/** `2026-11-27T09:00`, Moscow time, as a form's field takes it; empty for nothing. */
export function momentField(instant: Date | null | undefined): string {
  if (!instant) return ''
  return `${moscowDay(instant)}T${clock(instant)}`
}

/** Whom a notice is for, in words. */
export function audienceWords(audience: Audience, place: string | null, service: string | null): string {
  if (audience === 'all') return 'Всем'
  if (audience === 'service') return `Кому начисляется «${service ?? ''}»`
  return audience === 'house' ? `Дом: ${place ?? ''}` : `Микрорайон: ${place ?? ''}`
}

/** Months back in which a charge makes somebody a holder of a service. */
const LATELY = 3

/** The first of the months a charge of which makes an account a holder of its service. */
export function latelyFrom(now: Date): Period {
  return addMonths(periodOf(moscowDay(now)), -LATELY)
}
