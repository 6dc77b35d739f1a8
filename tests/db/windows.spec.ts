import { and, desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, settings } from '@/db/schema'
import { changeWindows } from '@/lib/readings/windows-commands'
import { windowsForm } from '@/lib/readings/windows-schema'
import { Shown } from '@/lib/result'
import { readSettings } from '@/lib/settings/queries'
import { expect, test } from '../support/database'
import { makeStaff } from '../support/people'

const NOW = new Date('2026-11-22T12:00:00+03:00')
const form = (more: Record<string, string> = {}) =>
  windowsForm.parse({
    ...{ from: '15', to: '25', remind: '3' },
    ...Object.fromEntries(
      ['cold_water', 'hot_water', 'electricity', 'heat', 'gas'].flatMap((kind) => [
        [`from_${kind}`, ''],
        [`to_${kind}`, ''],
      ]),
    ),
    ...more,
  })

test.afterAll(() => db().delete(settings))

test('what would change is shown first; said yes to, it is saved and in the journal', async () => {
  const staff = await makeStaff()
  const input = form({ to: '20', from_gas: '25', to_gas: '5', waits: 'on' })
  const asked = await changeWindows(staff, input, NOW)
  if (asked.status !== 'ok' || !(asked.value instanceof Shown)) throw new Error('nothing shown')
  const { words, confirmed } = asked.value.values
  expect(words).toContain('Приём за ноябрь 2026 закроется сразу')
  expect(words).toContain('Газ: приём за ноябрь 2026, с 25 ноября по 7 декабря')
  expect(asked.value.values).toMatchObject({ to: '20', from_gas: '25', waits: 'on' })
  expect((await readSettings(db())).readingWindow).toEqual({ from: 15, to: 25 })
  // A yes to something else is no yes.
  const other = await changeWindows(staff, { ...input, to: 21, confirmed: confirmed ?? '' }, NOW)
  expect(other).toMatchObject({ value: expect.any(Shown) })
  expect(await changeWindows(staff, { ...input, confirmed: confirmed ?? '' }, NOW)).toEqual({
    status: 'ok',
    value: 'saved',
  })
  expect(await readSettings(db())).toMatchObject({
    ...{ readingWindow: { from: 15, to: 20 }, readingWindows: { gas: { from: 25, to: 5 } } },
    ...{ windowWaitsForWorkday: true, remindDaysBefore: 3 },
  })
  const [entry] = await db()
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, 'settings.changed'), eq(auditLog.actorId, staff.userId)))
    .orderBy(desc(auditLog.id))
  expect(entry?.subjectLabel).toBe('readingWindow, readingWindows, windowWaitsForWorkday')
  // The same again changes nothing and needs no yes.
  expect(await changeWindows(staff, input, NOW)).toEqual({ status: 'ok', value: 'saved' })
})

for (const [field, value] of [
  ['from', '0'],
  ['to', '32'],
  ['to', ''],
  ['remind', '21'],
  ['from_gas', '5'],
] as const)
  test(`${field} «${value}» is refused with words`, () => {
    const found = windowsForm.safeParse({ ...form(), waits: '', [field]: value })
    expect(found.error?.issues[0]?.message).toMatch(/Введите|Заполните/)
  })
