import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { letters, users } from '@/db/schema'
import { chooseMessages } from '@/lib/access/messages'
import { SERVICE } from '@/lib/audit/record'
import type { Subscriber } from '@/lib/session/require'
import { changeSettings } from '@/lib/settings/commands'
import type { Settings } from '@/lib/settings/schema'
import { makeAccount, makeSubscriber } from './people'

/** An account and somebody who sees it and agreed to messages. */
export interface Home {
  accountId: number
  accountNumber: string
  subscriber: Subscriber
}

/** An account with such a holder; `values` of the account. */
export async function makeHome(values: Parameters<typeof makeAccount>[0] = {}): Promise<Home> {
  const { id, accountNumber } = await makeAccount(values)
  const subscriber = await makeSubscriber([id])
  await chooseMessages(subscriber, true, new Date('2026-01-01T12:00:00+03:00'))
  return { accountId: id, accountNumber, subscriber }
}

/** The reminders owed to somebody, the earliest first, as their letters were given them. */
export async function remindersTo({ userId }: Subscriber): Promise<Record<string, unknown>[]> {
  const rows = await db()
    .select({ payload: sql<Record<string, unknown>>`${letters.payload}` })
    .from(letters)
    .innerJoin(users, eq(users.email, letters.toEmail))
    .where(and(eq(users.id, userId), inArray(letters.kind, ['readings-reminder', 'verification-reminder'])))
    .orderBy(asc(letters.createdAt))
  return rows.map(({ payload }) => payload)
}

/** Does something under other settings and puts the defaults back. */
export async function under(change: Partial<Settings>, work: () => Promise<void>): Promise<void> {
  const defaults = {
    readingWindow: { from: 15, to: 25 },
    readingWindows: {},
    windowWaitsForWorkday: false,
    remindDaysBefore: 3,
  }
  await db().transaction((tx) => changeSettings(tx, SERVICE, change))
  try {
    await work()
  } finally {
    await db().transaction((tx) => changeSettings(tx, SERVICE, defaults))
  }
}
