import { eq } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { accessRequests, accounts, consents, users } from '@/db/schema'
import { grantAccess } from '@/lib/access/commands'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { formatDay, moscowDay } from '@/lib/units/day'
import { decidedWords, isOpen } from './rules'
import { type Refusal, refusalReasons } from './schema'

type AccessRequest = typeof accessRequests.$inferSelect
type Account = typeof accounts.$inferSelect

/**
 * Confirms that the applicant holds the account: access is given and the letter owed in the same transaction.
 * Refused: `unknown`, `decided` (says who was quicker), `account` (billing has no such account, or it is closed).
 */
export async function approveRequest(
  staff: Staff,
  requestId: string,
  now: Date,
): Promise<Result<{ userId: string }, 'unknown' | 'decided' | 'account'>> {
  return db().transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (!request) return refused('unknown', 'Такой заявки нет.')
    if (request.decision) return refused('decided', await whoDecided(tx, request))
    const [account] = await tx
      .select()
      .from(accounts)
      .where(eq(accounts.accountNumber, request.accountNumber))
    const hindrance = hindranceOf(request, account, now)
    if (!account || hindrance) return refused('account', hindrance)
    const { userId } = await grantAccess(tx, staff, { ...granteeOf(request), accountId: account.id }, now)
    await decide(tx, staff, request, { decision: 'approved', userId }, now)
    await tx.update(consents).set({ userId }).where(eq(consents.requestId, request.id))
    await record(tx, staff, { action: 'request.approved', subject: subjectOf(request) })
    return ok({ userId })
  })
}

/**
 * Refuses a request. The reason stays with the company; the applicant's letter names none.
 * Refused: `unknown`, `decided` (says who was quicker).
 */
export async function refuseRequest(
  staff: Staff,
  requestId: string,
  { reason, note }: Refusal,
  now: Date,
): Promise<Result<undefined, 'unknown' | 'decided'>> {
  return db().transaction(async (tx) => {
    const request = await lockRequest(tx, requestId)
    if (!request) return refused('unknown', 'Такой заявки нет.')
    if (request.decision) return refused('decided', await whoDecided(tx, request))
    const refusal = { decision: 'refused', refusalReason: reason, refusalNote: note || null } as const
    await decide(tx, staff, request, refusal, now)
    await owe(tx, 'request-refused', await answerAddress(tx, request), { number: request.number })
    await record(tx, staff, {
      action: 'request.refused',
      subject: subjectOf(request),
      after: { reason: refusalReasons[reason] },
    })
    return ok()
  })
}

/** Where the answer goes: of somebody who has a cabinet, the e-mail it has by now. */
async function answerAddress(tx: Tx, { askedBy, email }: AccessRequest): Promise<string> {
  if (!askedBy) return email
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, askedBy))
  return user?.email ?? email
}

/** Holds the row, so that of two decisions at once the second sees the first. */
async function lockRequest(tx: Tx, requestId: string): Promise<AccessRequest | undefined> {
  const [request] = await tx
    .select()
    .from(accessRequests)
    .where(eq(accessRequests.id, requestId))
    .for('update')
  return request
}

async function whoDecided(tx: Tx, { decision, decidedBy, decidedAt }: AccessRequest): Promise<string> {
  const [decider] = decidedBy
    ? await tx.select({ login: users.login }).from(users).where(eq(users.id, decidedBy))
    : []
  if (!decision || !decider || !decidedAt) throw new Error('a decision without who or when')
  return `${decidedWords(decision, decider.login, decidedAt)}.`
}

function hindranceOf({ accountNumber }: AccessRequest, account: Account | undefined, now: Date): string {
  if (!account) return `В биллинге нет счёта ${accountNumber}. Откажите или загрузите свежий файл счетов.`
  if (isOpen(account, moscowDay(now))) return ''
  const since = account.closedOn ? ` с ${formatDay(account.closedOn)}` : ''
  return `Счёт ${accountNumber} закрыт${since}: доступ к нему дать нельзя.`
}

function granteeOf(request: AccessRequest) {
  const { id: requestId, number, accountNumber, lastName, firstName, patronymic, email, phone } = request
  const askedBy = request.askedBy ?? undefined
  return { requestId, askedBy, number, accountNumber, lastName, firstName, patronymic, email, phone }
}

async function decide(
  tx: Tx,
  staff: Staff,
  request: AccessRequest,
  change: Partial<AccessRequest>,
  now: Date,
): Promise<void> {
  await tx
    .update(accessRequests)
    .set({ ...change, decidedAt: now, decidedBy: staff.userId })
    .where(eq(accessRequests.id, request.id))
}

function subjectOf({ id, number }: AccessRequest) {
  return { kind: 'request', id, label: number } as const
}
