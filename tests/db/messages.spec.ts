import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, consents } from '@/db/schema'
import { chooseMessages, messagesChoice } from '@/lib/access/messages'
import { MESSAGES_CONSENT } from '@/lib/access/schema'
import { textHash } from '@/lib/documents/hash'
import type { Subscriber } from '@/lib/session/require'
import { expect, test } from '../support/database'
import { makeSubscriber } from '../support/people'

const at = (text: string) => new Date(`${text}T12:00:00+03:00`)
const stored = ({ userId }: Subscriber) =>
  db()
    .select()
    .from(consents)
    .where(and(eq(consents.userId, userId), eq(consents.kind, 'messages')))
    .orderBy(asc(consents.givenAt))

test('the consent to messages is given, withdrawn and given again, and nothing of it is lost', async () => {
  const subscriber = await makeSubscriber()
  expect(await messagesChoice(subscriber)).toEqual({ accepted: false, since: undefined })
  const clicks = Array.from({ length: 10 }, () => chooseMessages(subscriber, true, at('2026-11-01')))
  expect((await Promise.all(clicks)).every(({ status }) => status === 'ok')).toBe(true)
  expect(await messagesChoice(subscriber)).toEqual({ accepted: true, since: at('2026-11-01') })
  expect(await stored(subscriber)).toMatchObject([
    { textHash: textHash(MESSAGES_CONSENT), address: '127.0.0.1', withdrawnAt: null },
  ])
  await chooseMessages(subscriber, false, at('2026-11-02'))
  await chooseMessages(subscriber, false, at('2026-11-03'))
  expect(await messagesChoice(subscriber)).toEqual({ accepted: false, since: at('2026-11-02') })
  await chooseMessages(subscriber, true, at('2026-11-04'))
  expect(await messagesChoice(subscriber)).toEqual({ accepted: true, since: at('2026-11-04') })
  expect((await stored(subscriber)).map(({ withdrawnAt }) => withdrawnAt)).toEqual([at('2026-11-02'), null])
  const journal = await db()
    .select({ before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.action, 'messages.chosen'), eq(auditLog.subjectId, subscriber.userId)))
    .orderBy(asc(auditLog.id))
  expect(journal).toEqual([
    { before: { messages: false }, after: { messages: true } },
    { before: { messages: true }, after: { messages: false } },
    { before: { messages: false }, after: { messages: true } },
  ])
})

test('a tick of an older request that is approved after the withdrawal does not bring the consent back', async () => {
  const subscriber = await makeSubscriber()
  const { userId } = subscriber
  await chooseMessages(subscriber, true, at('2026-11-01'))
  await chooseMessages(subscriber, false, at('2026-11-05'))
  const tick = { kind: 'messages', userId, textHash: textHash(MESSAGES_CONSENT) } as const
  await db()
    .insert(consents)
    .values({ ...tick, givenAt: at('2026-11-04') })
  expect(await messagesChoice(subscriber)).toEqual({ accepted: false, since: at('2026-11-05') })
  await db()
    .insert(consents)
    .values({ ...tick, givenAt: at('2026-11-06') })
  expect(await messagesChoice(subscriber)).toMatchObject({ accepted: true })
  await chooseMessages(subscriber, false, at('2026-11-07'))
  expect((await stored(subscriber)).every(({ withdrawnAt }) => withdrawnAt !== null)).toBe(true)
})
