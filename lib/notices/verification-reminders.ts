import { type SQL, sql } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { env } from '@/lib/env'
import { outlookForLetter } from '@/lib/ledger/outlook-query'
import { verificationCostWords } from '@/lib/ledger/outlook-words'
import { owe } from '@/lib/mail/owe'
import { oweText } from '@/lib/mail/owe-text'
import { type CalendarDay, daysBetween, formatDay, moscowDay } from '@/lib/units/day'
import { type Reminder, remind } from './reminders'
import { stepsOf } from './verification-steps'

/**
 * Tells holders 90, 60 and 30 days ahead and on the last day that the verification of a meter runs out, and what it will
 * cost: once per meter, its last day, step and person. A run that comes late tells the nearest step. @returns how many
 * were told
 */
export async function remindOfVerification(now: Date): Promise<number> {
  const meters = expiringMeters(moscowDay(now))
  return remind({ kind: 'verification', meters, write: (tx, reminder) => writeOf(tx, reminder, now) }, now)
}

function expiringMeters(today: CalendarDay): SQL {
  const steps = stepsOf(today).map(({ step, from, to }) => sql`(${step}::int, ${from}::date, ${to}::date)`)
  return sql`
    select m.*, concat_ws(' ', m.id, m.verified_until, s.step) as about
    from meters m join (values ${sql.join(steps, sql`, `)}) s(step, first, last) on m.verified_until between s.first and s.last
    where m.installed_on <= ${today}::date and (m.removed_on is null or m.removed_on > ${today}::date)`
}

async function writeOf(tx: Tx, reminder: Reminder, now: Date): Promise<void> {
  const { email, phone, accountNumber, meters } = reminder
  const last = meters.flatMap(({ verifiedUntil }) => verifiedUntil ?? []).sort()[0] ?? moscowDay(now)
  if (email) await writeLetter(tx, { ...reminder, email }, last, now)
  if (!phone) return
  const body = `Поверка счётчика по счёту ${accountNumber} кончается ${formatDay(last)}. Подробнее: ${env().PUBLIC_URL}/personal/readings`
  await oweText(tx, { kind: 'readings', toPhone: phone, body })
}

async function writeLetter(
  tx: Tx,
  { accountId, userId, email, accountNumber, meters }: Reminder & { email: string },
  last: CalendarDay,
  now: Date,
): Promise<void> {
  const ids = new Set(meters.map(({ id }) => id))
  const outlook = await outlookForLetter(userId, accountId, now)
  await owe(tx, 'verification-reminder', email, {
    accountNumber,
    daysLeft: daysBetween(moscowDay(now), last),
    meters: meters.map(({ words, verifiedUntil }) =>
      verifiedUntil ? `${words} — до ${formatDay(verifiedUntil)}` : words,
    ),
    costs: outlook
      .filter(({ meterIds }) => meterIds.some((id) => ids.has(id)))
      .flatMap((kind) => verificationCostWords(kind) ?? []),
  })
}
