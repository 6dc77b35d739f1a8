import { momentField, type NoticeTimes, whenWords } from './rules'
import type { NoticeInput } from './schema'

/** What the second step of the form shows and sends on: the fields as texts, with the counts of whom the notice reaches. */
export function shownOf(
  input: NoticeInput,
  { reach, times }: { reach: Record<string, number>; times: NoticeTimes },
): Record<string, string> {
  return {
    kind: input.kind,
    title: input.title,
    body: input.body,
    startsAt: momentField(input.startsAt),
    endsAt: momentField(input.endsAt),
    shownUntil: momentField(input.shownUntil),
    audience: input.audience,
    place: input.place,
    service: String(input.service ?? ''),
    when: whenWords(times),
    until: momentField(times.shownUntil),
    ...Object.fromEntries(Object.entries(reach).map(([name, count]) => [name, String(count)])),
  }
}
