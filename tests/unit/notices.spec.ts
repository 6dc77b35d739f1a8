import { expect, test } from '@playwright/test'
import { momentField, smsWords, stageOf, timesOf, whenWords } from '@/lib/notices/rules'
import { noticeForm, noticeSchema } from '@/lib/notices/schema'

const now = new Date('2026-11-25T09:00:00Z')
const at = (text: string) => new Date(`${text}:00+03:00`)
const typed = {
  kind: 'planned',
  startsAt: at('2026-11-27T09:00'),
  endsAt: at('2026-11-27T17:00'),
  shownUntil: undefined,
  audience: 'all',
  place: '',
} as const

test('what fits together is kept: an outage is shown until it ends, an accident begins now, news has no time', () => {
  expect(timesOf(typed, now)).toMatchObject({ shownUntil: typed.endsAt })
  const accident = { ...typed, kind: 'sudden', startsAt: undefined } as const
  expect(timesOf(accident, now)).toMatchObject({ startsAt: now })
  const news = { ...typed, kind: 'news', shownUntil: at('2026-12-01T00:00') } as const
  expect(timesOf(news, now)).toEqual({ startsAt: null, endsAt: null, shownUntil: news.shownUntil })
})

const wrong = [
  [{ startsAt: undefined }, 'startsAt'],
  [{ endsAt: undefined, shownUntil: at('2026-11-28T00:00') }, 'endsAt'],
  [{ endsAt: at('2026-11-27T08:00') }, 'endsAt'],
  [{ kind: 'news' }, 'shownUntil'],
  [{ shownUntil: at('2026-11-20T00:00') }, 'shownUntil'],
  [{ shownUntil: at('2028-11-20T00:00') }, 'shownUntil'],
  [{ audience: 'house' }, 'place'],
  [{ audience: 'microdistrict' }, 'place'],
  [{ audience: 'service' }, 'service'],
] as const
for (const [change, field] of wrong)
  test(`${JSON.stringify(change)} is told at ${field}`, () => {
    expect(Object.keys((timesOf({ ...typed, ...change }, now) as { errors: object }).errors)).toContain(field)
  })

test('times are said as people say them, and go round through a form', () => {
  expect(whenWords(typed)).toBe('27 ноября 2026, с 09:00 до 17:00')
  expect(whenWords({ ...typed, endsAt: at('2026-11-28T06:00') })).toBe(
    'с 27 ноября 2026, 09:00 до 28 ноября 2026, 06:00',
  )
  expect(whenWords({ startsAt: typed.startsAt, endsAt: null })).toBe('с 27 ноября 2026, 09:00')
  expect(whenWords({ startsAt: null, endsAt: null })).toBe('')
  const form = {
    sendingKey: crypto.randomUUID(),
    kind: 'news',
    title: 'Т',
    body: 'Т',
    audience: 'all',
    place: '',
  }
  for (const moment of ['2026-11-27T09:00', '2026-12-31T23:59']) {
    const parsed = noticeSchema.parse({ ...form, startsAt: moment })
    expect(momentField(parsed.startsAt)).toBe(moment)
  }
  for (const moment of ['2026-02-30T10:00', '27.11.2026', '2026-11-27T25:00', '\0'])
    expect(noticeSchema.safeParse({ ...form, startsAt: moment }).success).toBe(false)
  expect(noticeForm.safeParse({ step: 'edit' }).success).toBe(true)
  expect(noticeForm.safeParse({ ...form, step: 'other' }).success).toBe(false)
})

test('an outage is ahead, under way, over', () => {
  expect(stageOf(typed, now)).toBe('ahead')
  expect(stageOf(typed, at('2026-11-27T12:00'))).toBe('now')
  expect(stageOf(typed, at('2026-11-27T17:00'))).toBe('over')
})

test('an SMS says who, what, when and where in three parts at most', () => {
  const address = 'https://lk.example.ru/personal/notices'
  const short = smsWords('МУП «ККП»', { ...typed, title: 'Не будет горячей воды' }, address)
  expect(short).toBe(`МУП «ККП»: Не будет горячей воды, 27 ноября 2026, с 09:00 до 17:00. ${address}`)
  expect(smsWords('МУП «ККП»', { ...typed, title: 'я'.repeat(120) }, address).length).toBeLessThanOrEqual(201)
})
