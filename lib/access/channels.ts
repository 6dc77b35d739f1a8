import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { messageKinds } from '@/db/schema'
import { acceptsMessages } from './messages'

export type MessageKind = (typeof messageKinds)[number]
export type MessageChannel = 'email' | 'sms'

/**
 * Condition: the user wants messages of that kind by that channel: consent to messages stands, and the channel is chosen in
 * «Профиль» (e-mail where nothing was chosen). SMS go to a phone the person has confirmed only.
 */
export function wantsMessages(userId: SQLWrapper, kind: MessageKind, channel: MessageChannel): SQL {
  const chosen =
    channel === 'email'
      ? sql`coalesce((select c.email from message_channels c where c.user_id = ${userId} and c.kind = ${kind}), true)`
      : sql`exists (select 1 from message_channels c join users u on u.id = c.user_id
          where c.user_id = ${userId} and c.kind = ${kind} and c.sms and u.phone_confirmed_at is not null)`
  return sql`(${acceptsMessages(userId)} and ${chosen})`
}
