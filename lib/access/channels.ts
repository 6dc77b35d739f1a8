import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { messageKinds } from '@/db/schema'
import { canText } from '@/lib/mail/owe-text'
import { acceptsMessages } from './messages'

export type MessageKind = (typeof messageKinds)[number]
export type MessageChannel = 'email' | 'sms'

/**
 * Condition: the user wants messages of that kind by that channel: consent to messages stands, and the channel is chosen in
 * «Профиль» (e-mail where nothing was chosen). SMS go to a phone the person has confirmed only, and only when they can be sent.
 */
export function wantsMessages(userId: SQLWrapper, kind: MessageKind, channel: MessageChannel): SQL {
  return sql`(${acceptsMessages(userId)} and ${hasChosen(userId, kind, channel)})`
}

/**
 * Condition: the channel is chosen for that kind, whatever was said to messages at large. For letters a person asked for by
 * name: who has bills by e-mail instead of paper consented to those by that choice.
 */
export function hasChosen(userId: SQLWrapper, kind: MessageKind, channel: MessageChannel): SQL {
  // The names of the tables inside must not hide those of the caller's, which `userId` may be of.
  if (channel === 'email')
    return sql`coalesce((select chosen_channel.email from message_channels chosen_channel
      where chosen_channel.user_id = ${userId} and chosen_channel.kind = ${kind}), true)`
  if (!canText()) return sql`false`
  return sql`exists (select 1 from message_channels chosen_channel
    join users chosen_by on chosen_by.id = chosen_channel.user_id
    where chosen_channel.user_id = ${userId} and chosen_channel.kind = ${kind} and chosen_channel.sms
      and chosen_by.phone is not null and chosen_by.phone_confirmed_at is not null)`
}
