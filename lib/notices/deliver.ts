import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { notices } from '@/db/schema'
import { env } from '@/lib/env'
import { oweAll, oweAllTexts } from '@/lib/mail/owe-many'
import { readSettings } from '@/lib/settings/queries'
import { isFor, isLive, isReachable, wantsNotice } from './audience'
import { smsWords, whenWords } from './rules'

type Notice = typeof notices.$inferSelect

/** People looked at in one transaction. */
const PAGE = 1_000

/**
 * Owes everybody a notice is for their messages, by the channels they agreed to, page after page. Never twice: who was owed what
 * is remembered in the transaction that owes it, so a second run, or two at once, owe nothing more; one that broke off goes on.
 * Stops where the notice is withdrawn. @returns how many messages were owed
 */
export async function deliverNotice(noticeId: string, now: Date): Promise<number> {
  let owed = 0
  for (let after = FIRST; ; ) {
    const page = await db().transaction((tx) => deliverPage(tx, noticeId, after, now))
    owed += page.owed
    if (page.upTo === undefined) return owed
    after = page.upTo
  }
}

const FIRST = '00000000-0000-0000-0000-000000000000'

async function deliverPage(
  tx: Tx,
  noticeId: string,
  after: string,
  now: Date,
): Promise<{ owed: number; upTo: string | undefined }> {
  const [notice] = await tx.select().from(notices).where(eq(notices.id, noticeId)).for('update')
  if (!notice || notice.withdrawnAt || notice.deliveredAt) return { owed: 0, upTo: undefined }
  const ids = await peopleAfter(tx, notice, after, now)
  const owed = ids.length > 0 ? await owe(tx, notice, ids) : 0
  if (ids.length === PAGE) return { owed, upTo: ids.at(-1) }
  await tx.update(notices).set({ deliveredAt: now }).where(eq(notices.id, noticeId))
  return { owed, upTo: undefined }
}

async function peopleAfter(tx: Tx, notice: Notice, after: string, now: Date): Promise<string[]> {
  const { rows } = await tx.execute(sql`
    select x.user_id as id from account_access x join accounts a on a.id = x.account_id
    where x.user_id > ${after}::uuid and ${isLive(now)} and ${isFor(notice, now)}
    group by x.user_id order by x.user_id limit ${PAGE}`)
  return z
    .array(z.object({ id: z.uuid() }))
    .parse(rows)
    .map(({ id }) => id)
}

async function owe(tx: Tx, notice: Notice, ids: readonly string[]): Promise<number> {
  const { rows } = await tx.execute(sql`
    with fresh as (
      insert into notice_messages (notice_id, user_id, channel)
      select ${notice.id}::uuid, u.id, ways.channel
      from users u cross join (values ('email'), ('sms')) ways(channel)
      where u.id = any(${sql.param(ids)}::uuid[]) and ${isReachable}
        and case ways.channel when 'email' then ${wantsNotice('email')} else ${wantsNotice('sms')} end
      on conflict do nothing
      returning user_id, channel
    )
    select f.channel, case f.channel when 'email' then u.email else u.phone end as address
    from fresh f join users u on u.id = f.user_id`)
  const fresh = owedRows.parse(rows)
  const to = (wanted: 'email' | 'sms') =>
    fresh.filter(({ channel }) => channel === wanted).map(({ address }) => address)
  const { number, title, body, endsAt, shownUntil } = notice
  const letter = { number: String(number), title, body, when: whenWords(notice) }
  await oweAll(tx, 'notice', to('email'), letter)
  const { company } = await readSettings(tx)
  const text = smsWords(company.name, notice, `${env().PUBLIC_URL}/personal/notices`)
  await oweAllTexts(tx, to('sms'), { kind: 'notice', body: text, expiresAt: endsAt ?? shownUntil })
  return fresh.length
}

const owedRows = z.array(z.object({ channel: z.enum(['email', 'sms']), address: z.string() }))
