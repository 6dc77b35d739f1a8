import { eq, sql } from 'drizzle-orm'
import { db, type Reader } from '@/db/client'
import { messageChannels, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { canText } from '@/lib/mail/owe-text'
import { ok, type Result } from '@/lib/result'
import type { Subscriber } from '@/lib/session/require'
import type { MessageChannel } from './channels'
import { lockUser, subjectOf } from './contact-change'
import type { chosenKinds } from './schema'

type ChosenKind = keyof typeof chosenKinds
/** What a person chose, kind by kind. */
export type ChannelChoice = Record<ChosenKind, Record<MessageChannel, boolean>>

/** Whether the person can choose SMS, and if not, why. */
export type SmsState = 'free' | 'off' | 'no-phone' | 'not-confirmed'

/** The subscriber's channels, and whether SMS is among them. Payments are not: a receipt answers an act and always comes. */
export async function channelsOf(subscriber: Subscriber): Promise<{ choice: ChannelChoice; sms: SmsState }> {
  const [user] = await db()
    .select({ phone: users.phone, confirmedAt: users.phoneConfirmedAt })
    .from(users)
    .where(eq(users.id, subscriber.userId))
  return { choice: await choiceOf(db(), subscriber.userId), sms: smsState(user?.phone, user?.confirmedAt) }
}

function smsState(phone: string | null | undefined, confirmedAt: Date | null | undefined): SmsState {
  if (!canText()) return 'off'
  if (!phone) return 'no-phone'
  return confirmedAt ? 'free' : 'not-confirmed'
}

async function choiceOf(reader: Reader, userId: string): Promise<ChannelChoice> {
  const rows = await reader.select().from(messageChannels).where(eq(messageChannels.userId, userId))
  const of = (kind: ChosenKind) => {
    const row = rows.find((one) => one.kind === kind)
    return { email: row?.email ?? true, sms: row?.sms ?? false }
  }
  return { bills: of('bills'), readings: of('readings'), notices: of('notices') }
}

/**
 * Keeps what the subscriber chose. Where SMS cannot be chosen now, what was said of it before stays. Choosing what is chosen
 * already changes nothing.
 */
export async function chooseChannels(subscriber: Subscriber, wanted: ChannelChoice): Promise<Result> {
  const { sms: state } = await channelsOf(subscriber)
  return db().transaction(async (tx) => {
    const user = await lockUser(tx, subscriber.userId)
    const before = await choiceOf(tx, user.id)
    const after = { ...wanted }
    for (const kind of kinds)
      after[kind] = { email: wanted[kind].email, sms: state === 'free' ? wanted[kind].sms : before[kind].sms }
    const [was, is] = [inWords(before), inWords(after)]
    if (JSON.stringify(was) === JSON.stringify(is)) return ok()
    await tx
      .insert(messageChannels)
      .values(kinds.map((kind) => ({ userId: user.id, kind, ...after[kind] })))
      .onConflictDoUpdate({
        target: [messageChannels.userId, messageChannels.kind],
        set: { email: sql`excluded.email`, sms: sql`excluded.sms` },
      })
    await record(tx, subscriber, {
      action: 'channels.chosen',
      subject: subjectOf(user),
      before: was,
      after: is,
    })
    return ok()
  })
}

const kinds = ['bills', 'readings', 'notices'] as const satisfies readonly ChosenKind[]

function inWords(choice: ChannelChoice): Record<ChosenKind, string> {
  const words = (kind: ChosenKind) =>
    [choice[kind].email ? 'email' : '', choice[kind].sms ? 'sms' : ''].filter(Boolean).join('+') || 'none'
  return { bills: words('bills'), readings: words('readings'), notices: words('notices') }
}
