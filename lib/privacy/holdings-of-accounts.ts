import { count, desc, eq, max, min, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  accountAccess,
  accounts,
  auditLog,
  enquiries,
  helperAccess,
  nightChecks,
  onlinePayments,
  papers,
  readingPhotos,
  readings,
} from '@/db/schema'
import type { Subscriber } from '@/lib/session/require'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { formatMoney } from '@/lib/units/money'
import type { Fact } from './holdings'

/** What is held of what the person did with accounts, as facts by category. */
export type AccountHoldings = Awaited<ReturnType<typeof accountHoldings>>

/** Asks the domains of accounts, readings, payments, enquiries, helpers, papers and the journal what they hold of the subscriber. */
export async function accountHoldings({ userId }: Subscriber) {
  const [own, read, meters, paid, asked, helpers, given, journal] = await Promise.all([
    accountsOf(userId),
    readingsOf(userId),
    metersOf(userId),
    paymentsOf(userId),
    enquiriesOf(userId),
    helpersOf(userId),
    papersOf(userId),
    journalOf(userId),
  ])
  return {
    ...{ accounts: own, readings: read, meters, payments: paid, enquiries: asked },
    ...{ helpers, papers: given, journal },
  }
}

async function accountsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select({ access: accountAccess, number: accounts.accountNumber, address: accounts.address })
    .from(accountAccess)
    .innerJoin(accounts, eq(accounts.id, accountAccess.accountId))
    .where(eq(accountAccess.userId, userId))
    .orderBy(desc(accountAccess.grantedAt))
  return found.map(({ access, number, address }) => ({
    name: `Счёт ${number}`,
    value: [
      address,
      `доступ с ${formatDay(moscowDay(access.grantedAt))}`,
      access.seesFrom ? `ваше время с ${formatDay(access.seesFrom)}` : '',
      access.endedAt ? `закрыт ${formatDay(moscowDay(access.endedAt))}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  }))
}

async function readingsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select({
      number: accounts.accountNumber,
      values: count(),
      first: min(readings.receivedAt),
      last: max(readings.receivedAt),
    })
    .from(readings)
    .innerJoin(accounts, eq(accounts.id, readings.accountId))
    .where(eq(readings.actorId, userId))
    .groupBy(accounts.accountNumber)
  return found.map(({ number, values, first, last }) => ({
    name: `Переданы вами, счёт ${number}`,
    value: `значений: ${values}, ${first ? formatDay(moscowDay(first)) : ''} — ${last ? formatDay(moscowDay(last)) : ''}`,
  }))
}

async function metersOf(userId: string): Promise<Fact[]> {
  const photos = await db().$count(readingPhotos, eq(readingPhotos.uploadedBy, userId))
  const nights = await db().$count(nightChecks, eq(nightChecks.userId, userId))
  return [
    ...(photos > 0 ? [{ name: 'Снимки счётчиков', value: String(photos) }] : []),
    ...(nights > 0 ? [{ name: 'Ночные проверки', value: String(nights) }] : []),
  ]
}

async function paymentsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(onlinePayments)
    .where(eq(onlinePayments.userId, userId))
    .orderBy(desc(onlinePayments.createdAt))
  return found.map(({ number, createdAt, amount, email, succeededAt }) => ({
    name: `Платёж № ${number}`,
    value: `${formatInstant(createdAt)}, ${formatMoney(amount)}, ${succeededAt ? 'принят' : 'не принят'}${email ? `, чек на ${email}` : ''}`,
  }))
}

async function enquiriesOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(enquiries)
    .where(eq(enquiries.userId, userId))
    .orderBy(desc(enquiries.createdAt))
  return found.map(({ number, subject, createdAt }) => ({
    name: `Обращение № ${number}`,
    value: `${formatInstant(createdAt)}, «${subject}»`,
  }))
}

async function helpersOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(helperAccess)
    .where(or(eq(helperAccess.holderId, userId), eq(helperAccess.helperId, userId)))
    .orderBy(desc(helperAccess.invitedAt))
  return found.map(({ holderId, name, email, until, endedAt }) => ({
    name: holderId === userId ? 'Вы пригласили' : 'Вы помогаете',
    value: `${holderId === userId ? `${name}, ${email}, ` : ''}до ${formatDay(until)}${endedAt ? ', закончено' : ''}`,
  }))
}

const paperNames = {
  'readings-slip': 'Талон показаний',
  'no-debt': 'Справка об отсутствии задолженности',
  charges: 'Справка о начислениях за период',
  meters: 'Справка об учтённых счётчиках',
  'final-statement': 'Итоговый расчёт',
}

async function papersOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select({ number: papers.number, kind: papers.kind, issuedAt: papers.issuedAt })
    .from(papers)
    .where(eq(papers.issuedTo, userId))
    .orderBy(desc(papers.number))
  return found.map(({ number, kind, issuedAt }) => ({
    name: `№ ${number}`,
    value: `${paperNames[kind]}, ${formatDay(moscowDay(issuedAt))}`,
  }))
}

async function journalOf(userId: string): Promise<Fact[]> {
  const [found] = await db()
    .select({ rows: count(), last: max(auditLog.at) })
    .from(auditLog)
    .where(
      or(
        eq(auditLog.actorId, userId),
        sql`${auditLog.subjectId} = ${userId} and ${auditLog.subjectKind} = 'user'`,
      ),
    )
  return found && found.rows > 0
    ? [
        {
          name: 'Записей',
          value: `${found.rows}${found.last ? `, последняя ${formatInstant(found.last)}` : ''}`,
        },
      ]
    : []
}
