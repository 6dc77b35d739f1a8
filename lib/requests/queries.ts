import { and, asc, count, desc, eq, exists, isNotNull, isNull, lt, max, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { accessRequests, accountAccess, accounts, meters, passports, statedCharges, users } from '@/db/schema'
import { identificationOf } from '@/lib/access/own-accounts'
import type { Staff } from '@/lib/session/require'
import { type CalendarDay, moscowDay } from '@/lib/units/day'
import { type Kopecks, sumKopecks } from '@/lib/units/money'
import { workingTimeLeft } from '@/lib/units/workdays'
import { type BillingAccount, compareWithBilling } from './comparison'
import { timeLeft } from './rules'
import type { QueueFilter } from './schema'
import { summarise } from './summary'

const PAGE = 100

/** What the applicant may read back of a request by the key of the form that made it: nothing of a person. */
export async function sentRequest(
  submissionKey: string,
): Promise<{ number: string; dueOn: CalendarDay } | undefined> {
  const [request] = await db()
    .select({ number: accessRequests.number, dueOn: accessRequests.dueOn })
    .from(accessRequests)
    .where(eq(accessRequests.submissionKey, submissionKey))
  return request
}

/** The list before staff: those waiting by deadline, the oldest first; those decided by the day of the decision. */
export async function requestQueue(_staff: Staff, filter: QueueFilter, now: Date) {
  const which = and(filter.state === 'waiting' ? waiting : decided, matching(filter.q))
  const order = filter.state === 'waiting' ? asc(accessRequests.dueAt) : desc(accessRequests.decidedAt)
  const [rows, [total]] = await Promise.all([
    db()
      .select(queueColumns())
      .from(accessRequests)
      .where(which)
      .orderBy(order, accessRequests.submittedAt, accessRequests.id)
      .limit(PAGE),
    db().select({ count: count() }).from(accessRequests).where(which),
  ])
  return {
    total: total?.count ?? 0,
    rows: rows.map(({ dueAt, ...row }) => ({ ...row, left: timeLeft(workingTimeLeft(now, dueAt).hours) })),
  }
}

/** How many requests wait for an answer. */
export async function waitingCount(_staff: Staff): Promise<number> {
  const [row] = await db().select({ count: count() }).from(accessRequests).where(waiting)
  return row?.count ?? 0
}

const waiting = isNull(accessRequests.decision)
const decided = isNotNull(accessRequests.decision)
function queueColumns() {
  const other = alias(accessRequests, 'other')
  const before = db()
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.accountNumber, accessRequests.accountNumber),
        lt(other.submittedAt, accessRequests.submittedAt),
      ),
    )
  return {
    id: accessRequests.id,
    number: accessRequests.number,
    accountNumber: accessRequests.accountNumber,
    lastName: accessRequests.lastName,
    firstName: accessRequests.firstName,
    submittedAt: accessRequests.submittedAt,
    dueAt: accessRequests.dueAt,
    decision: accessRequests.decision,
    repeated: sql<boolean>`${exists(before)}`,
  }
}

/** By the beginning of a surname (ё = е), by the account, or by the number. */
function matching(search: string): SQL | undefined {
  if (!search) return undefined
  const surname = search.toLowerCase().replaceAll('ё', 'е')
  return sql`(${accessRequests.accountNumber} = ${search} or ${accessRequests.number} = ${search.replace(/^№\s*/, '')}
    or starts_with(replace(lower(${accessRequests.lastName}), 'ё', 'е'), ${surname}))`
}

/**
 * A request beside all that helps to decide it: billing's account, the comparison and what it amounts to, other
 * requests for the account or with the same passport, who sees the account already; for a further account, what the identification
 * of who asks rests on. Undefined for an unknown id.
 */
export async function requestForDecision(_staff: Staff, requestId: string, now: Date) {
  const request = await requestById(requestId)
  if (!request) return undefined
  const account = await accountOf(request.accountNumber)
  const [earlier, samePassport, holders, identification] = await Promise.all([
    otherRequests(requestId, eq(accessRequests.accountNumber, request.accountNumber)),
    otherRequests(requestId, sql`${accessRequests.id} in (${requestsWithPassportOf(requestId)})`),
    account ? holdersOf(account.id) : [],
    request.askedBy ? identificationOf(db(), request.askedBy) : undefined,
  ])
  const rows = compareWithBilling(request, account, moscowDay(now))
  const left = timeLeft(workingTimeLeft(now, request.dueAt).hours)
  return { request, rows, summary: summarise(rows), earlier, samePassport, holders, identification, left }
}

async function requestById(requestId: string) {
  const decider = alias(users, 'decider')
  const [found] = await db()
    .select({
      request: accessRequests,
      decidedBy: decider.login,
      lastDigits: passports.lastDigits,
      erasedAt: passports.erasedAt,
      user: { id: users.id, login: users.login },
    })
    .from(accessRequests)
    .leftJoin(passports, eq(passports.requestId, accessRequests.id))
    .leftJoin(decider, eq(decider.id, accessRequests.decidedBy))
    .leftJoin(users, eq(users.id, accessRequests.userId))
    .where(eq(accessRequests.id, requestId))
  if (!found) return undefined
  const { submissionKey: _, userId: __, ...request } = found.request
  const { decidedBy, lastDigits, erasedAt, user } = found
  const passport = lastDigits === null ? undefined : { lastDigits, erasedAt }
  return { ...request, decidedBy, user, passport }
}

async function accountOf(accountNumber: string): Promise<(BillingAccount & { id: number }) | undefined> {
  const [account] = await db().select().from(accounts).where(eq(accounts.accountNumber, accountNumber))
  if (!account) return undefined
  const standing = await db()
    .select({ serial: meters.serial })
    .from(meters)
    .where(and(eq(meters.accountId, account.id), isNull(meters.removedOn)))
    .orderBy(meters.serial)
  return {
    ...account,
    meterSerials: standing.map(({ serial }) => serial),
    lastBill: await lastBillOf(account.id),
  }
}

/** What billing's latest month closes with, kopecks; undefined when there is none. */
async function lastBillOf(accountId: number): Promise<Kopecks | undefined> {
  const of = eq(statedCharges.accountId, accountId)
  const latest = db()
    .select({ period: max(statedCharges.period) })
    .from(statedCharges)
    .where(of)
  const closings = await db()
    .select({ closing: statedCharges.closing })
    .from(statedCharges)
    .where(and(of, eq(statedCharges.period, sql`(${latest})`)))
  return closings.length === 0 ? undefined : sumKopecks(closings.map(({ closing }) => closing))
}

async function otherRequests(requestId: string, which: SQL) {
  return db()
    .select({
      id: accessRequests.id,
      number: accessRequests.number,
      accountNumber: accessRequests.accountNumber,
      lastName: accessRequests.lastName,
      firstName: accessRequests.firstName,
      submittedAt: accessRequests.submittedAt,
      decision: accessRequests.decision,
    })
    .from(accessRequests)
    .where(and(which, ne(accessRequests.id, requestId)))
    .orderBy(desc(accessRequests.submittedAt))
    .limit(20)
}

/** By the blind index: the same passport is found without opening any. */
function requestsWithPassportOf(requestId: string) {
  const own = alias(passports, 'own')
  return db()
    .select({ id: passports.requestId })
    .from(passports)
    .innerJoin(own, eq(own.blindIndex, passports.blindIndex))
    .where(eq(own.requestId, requestId))
}

async function holdersOf(accountId: number) {
  return db()
    .select({
      userId: users.id,
      login: users.login,
      name: sql<string>`concat_ws(' ', ${users.lastName}, ${users.firstName}, nullif(${users.patronymic}, ''))`,
      grantedAt: accountAccess.grantedAt,
    })
    .from(accountAccess)
    .innerJoin(users, eq(users.id, accountAccess.userId))
    .where(and(eq(accountAccess.accountId, accountId), isNull(accountAccess.endedAt)))
    .orderBy(accountAccess.grantedAt)
}
