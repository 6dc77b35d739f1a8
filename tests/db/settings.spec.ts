import { desc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog } from '@/db/schema'
import { SERVICE } from '@/lib/audit/record'
import { changeSettings } from '@/lib/settings/commands'
import { lastKnownSettings, readSettings } from '@/lib/settings/queries'
import { expect, test } from '../support/database'

test('some settings change, the others stay, and the journal tells what was and what became', async () => {
  expect((await readSettings(db())).readingWindow).toEqual({ from: 15, to: 25 })
  await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindow: { from: 25, to: 5 } }))
  const settings = await readSettings(db())
  expect(settings).toMatchObject({ readingWindow: { from: 25, to: 5 }, dueDay: 15 })
  expect(lastKnownSettings()).toEqual(settings)
  const [row] = await db()
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, 'settings.changed'))
    .orderBy(desc(auditLog.id))
    .limit(1)
  expect(row).toMatchObject({
    subjectLabel: 'readingWindow',
    before: { readingWindow: '{"from":15,"to":25}' },
    after: { readingWindow: '{"from":25,"to":5}' },
  })
  await db().transaction((tx) => changeSettings(tx, SERVICE, { readingWindow: { from: 15, to: 25 } }))
})

test('settings that cannot be are refused whole', async () => {
  const change = db().transaction((tx) => changeSettings(tx, SERVICE, { dueDay: 32 }))
  await expect(change).rejects.toThrow()
  expect((await readSettings(db())).dueDay).toBe(15)
})
