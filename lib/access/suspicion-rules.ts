import type { suspicionSigns } from '@/db/schema'
import { formatInstant, moscowDay } from '@/lib/units/day'
import { plural } from '@/lib/units/text'

export type Sign = (typeof suspicionSigns)[number]

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Wrong passwords right before the right one, of the ten the throttle allows in a quarter of an hour. */
export const GUESSES = 5
/** People with accounts who signed in from one network within a day: more than a family's telephone has behind it. */
export const CROWD = 5
/** Requests from one address, or with one phone, within ten minutes: a careful person types one in five. */
export const REQUESTS = 4
export const REQUESTS_WITHIN_MS = 10 * MINUTE_MS

/** A sign to be raised. `about` makes it one and the same; the evidence is figures and times. */
export type Raised = { userId: string | null; about: string } & Evidence
export type Evidence =
  | { sign: 'guessed'; evidence: { failures: number; at: string } }
  | { sign: 'moved'; evidence: { signedInAt: string; changedAt: string } }
  | { sign: 'crowd'; evidence: { people: number; from: string; to: string } }
  | { sign: 'fast'; evidence: { requests: string[]; same: 'address' | 'phone'; from: string; to: string } }

/** Many wrong passwords from browsers that never signed in, then the right one from such a browser. */
export function guessed(
  signIns: readonly { id: string; userId: string; failures: number; at: Date }[],
): Raised[] {
  return signIns
    .filter(({ failures }) => failures >= GUESSES)
    .map(({ id, userId, failures, at }) => ({
      userId,
      about: id,
      sign: 'guessed',
      evidence: { failures, at: at.toISOString() },
    }))
}

/** A sign-in from a new device and a changed e-mail within a day of each other, whichever came first; once per change. */
export function moved(
  pairs: readonly { changeId: string; userId: string; signedInAt: Date; changedAt: Date }[],
): Raised[] {
  const found = new Map<string, Raised>()
  for (const { changeId, userId, signedInAt, changedAt } of pairs) {
    if (Math.abs(changedAt.getTime() - signedInAt.getTime()) > DAY_MS) continue
    const evidence = { signedInAt: signedInAt.toISOString(), changedAt: changedAt.toISOString() }
    found.set(changeId, { userId, about: changeId, sign: 'moved', evidence })
  }
  return [...found.values()]
}

/** Something somebody did from somewhere; `where` stands for the network address and does not tell it. */
interface Trace {
  where: string
  at: Date
}

/** One network signed in to so many people within a day: once a day for each of them. */
export function crowd(signIns: readonly (Trace & { userId: string })[], now: Date): Raised[] {
  const since = now.getTime() - DAY_MS
  const recent = signIns.filter(({ at }) => at.getTime() > since)
  return [...groupBy(recent, ({ where }) => where)].flatMap(([where, traces]) => {
    const people = [...new Set(traces.map(({ userId }) => userId))]
    if (people.length < CROWD) return []
    const span = spanOf(traces)
    const evidence = { people: people.length, ...span }
    // Of the last of them: at midnight yesterday's crowd is no new one.
    const day = moscowDay(new Date(span.to))
    return people.map((userId) => ({
      userId,
      about: `${where} ${day} ${userId}`,
      sign: 'crowd' as const,
      evidence,
    }))
  })
}

/** Requests for access at a speed no person types at: once a day for an address or phone. */
export function fast(requests: readonly (Trace & { number: string })[], same: 'address' | 'phone'): Raised[] {
  return [...groupBy(requests, ({ where, at }) => `${where} ${moscowDay(at)}`)].flatMap(([about, traces]) => {
    const sorted = traces.toSorted((a, b) => a.at.getTime() - b.at.getTime())
    const burst = sorted.findIndex((first, place) => {
      const last = sorted[place + REQUESTS - 1]
      return last !== undefined && last.at.getTime() - first.at.getTime() <= REQUESTS_WITHIN_MS
    })
    if (burst < 0) return []
    const from = sorted[burst]?.at.getTime() ?? 0
    const quick = sorted.filter(({ at }) => at.getTime() >= from && at.getTime() - from <= REQUESTS_WITHIN_MS)
    const evidence = { requests: quick.map(({ number }) => number), same, ...spanOf(quick) }
    return [{ userId: null, about: `${same} ${about}`, sign: 'fast', evidence }]
  })
}

function spanOf(traces: readonly Trace[]): { from: string; to: string } {
  const times = traces.map(({ at }) => at.getTime())
  return { from: new Date(Math.min(...times)).toISOString(), to: new Date(Math.max(...times)).toISOString() }
}

function groupBy<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const group = groups.get(keyOf(one))
    if (group) group.push(one)
    else groups.set(keyOf(one), [one])
  }
  return groups
}

/** Signs in a word or two. */
export const signNames: Record<Sign, string> = {
  guessed: 'Подбор пароля',
  moved: 'Новое устройство и смена почты',
  crowd: 'Один адрес — много людей',
  fast: 'Слишком быстрые заявки',
}

/** What was seen, in words for staff. */
export function evidenceWords({ sign, evidence }: Evidence): string {
  const time = (text: string) => formatInstant(new Date(text))
  switch (sign) {
    case 'guessed':
      return `${plural(evidence.failures, ['неверный пароль', 'неверных пароля', 'неверных паролей'])} подряд с незнакомых устройств, потом верный: вход ${time(evidence.at)}.`
    case 'moved':
      return `Вход с нового устройства ${time(evidence.signedInAt)}, смена почты ${time(evidence.changedAt)}.`
    case 'crowd':
      return `С одного сетевого адреса за сутки вошли ${plural(evidence.people, ['человек', 'человека', 'человек'])} со счетами: с ${time(evidence.from)} по ${time(evidence.to)}.`
    case 'fast': {
      const by = evidence.same === 'phone' ? 'с одним телефоном' : 'с одного сетевого адреса'
      return `${plural(evidence.requests.length, ['заявка', 'заявки', 'заявок'])} ${by}: с ${time(evidence.from)} по ${time(evidence.to)} (№ ${evidence.requests.join(', № ')}).`
    }
  }
}

/** What stands in the reason of a block to begin with. */
export function blockWords(of: Evidence): string {
  return `${signNames[of.sign]}. ${evidenceWords(of)}`.slice(0, 1000)
}
