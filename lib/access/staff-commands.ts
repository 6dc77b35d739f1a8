import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import { db, type Tx } from '@/db/client'
import { blocks, staffSecondFactors, users } from '@/db/schema'
import type { AuditAction } from '@/lib/audit/catalogue'
import { record } from '@/lib/audit/record'
import { owe } from '@/lib/mail/owe'
import { invalid, ok, type Result, refused } from '@/lib/result'
import { roleNames, type StaffRole } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'
import { dropSecondFactor } from '@/lib/session/second-factor'
import { revokeSessionsOf } from '@/lib/session/sessions'
import { closeAccess, isBlocked, reopenAccess } from './commands'
import { issueLink } from './links'
import { createStaff } from './people'

type Member = typeof users.$inferSelect
type Why = 'invited' | 'returned' | 'password' | 'both'
type Reasoned = { userId: string; reason: string }

/**
 * Makes a member of staff without a password and owes them the letter with the login and the link. One e-mail is one member
 * of staff. @returns the new user's id
 */
export async function inviteStaff(
  staff: Staff,
  { person, roles }: { person: Parameters<typeof createStaff>[2]; roles: StaffRole[] },
  now: Date,
): Promise<Result<{ userId: string }>> {
  return db().transaction(async (tx) => {
    const email = person.email.toLowerCase()
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('staff'), hashtext(${email}))`)
    const [known] = await tx
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.kind, 'staff'), eq(sql`lower(${users.email})`, email)))
    if (known) return invalid({ email: 'Сотрудник с такой почтой уже есть. Найдите его в списке.' })
    const member = await createStaff(tx, staff, person, roles)
    await sendLink(tx, member, 'invited', await issueLink(tx, member.id, 'activation', now))
    await note(tx, staff, member, 'staff.invited', { roles: wordsOf(roles) })
    return ok({ userId: member.id })
  })
}

/**
 * Sends the letter with a new link to who has not set a password yet; the earlier link dies. Refused: `unknown`, `self`,
 * `dismissed`, `active` (there is a password).
 */
export async function inviteAgain(staff: Staff, { userId }: { userId: string }, now: Date): Promise<Result> {
  return withMember(staff, userId, async (tx, member) => {
    if (member.passwordHash) return refused('active', 'Пароль уже задан: приглашение не нужно.')
    if (await isBlocked(tx, userId)) return dismissedAlready()
    const why = (await hasSecondFactor(tx, userId)) ? 'returned' : 'invited'
    await sendLink(tx, member, why, await issueLink(tx, userId, 'activation', now))
    await note(tx, staff, member, 'link.issued', { purpose: 'activation' })
    return ok()
  })
}

/** Takes an invitation back before it was used: the link dies. Refused: `unknown`, `self`, `dismissed`, `active`. */
export async function withdrawInvitation(
  staff: Staff,
  { userId }: { userId: string },
  now: Date,
): Promise<Result> {
  return withMember(staff, userId, async (tx, member) => {
    if (member.passwordHash) return refused('active', 'Приглашение уже принято. Сотрудника можно отстранить.')
    if (await isBlocked(tx, userId)) return dismissedAlready()
    await closeAccess(tx, staff, { userId, reason: 'Приглашение отозвано' }, now)
    await note(tx, staff, member, 'staff.invitation-withdrawn')
    return ok()
  })
}

/**
 * Gives a member of staff other roles, from their next request on. Nobody changes their own, and one administrator who can
 * sign in always stays. Refused: `unknown`, `self`, `last`.
 */
export async function changeRoles(
  staff: Staff,
  { userId, roles }: { userId: string; roles: StaffRole[] },
): Promise<Result> {
  return withMember(staff, userId, async (tx, member) => {
    if (!roles.includes('administrator') && (await isLastAdministrator(tx, member))) return last()
    await tx.update(users).set({ roles }).where(eq(users.id, userId))
    await record(tx, staff, {
      action: 'staff.roles',
      subject: subjectOf(member),
      before: { roles: wordsOf(member.roles) },
      after: { roles: wordsOf(roles) },
    })
    return ok()
  })
}

/**
 * Dismisses a member of staff: sessions and links die at once, the history stays. Refused: `unknown`, `self`, `last`,
 * `dismissed` (already).
 */
export async function dismissStaff(staff: Staff, input: Reasoned, now: Date): Promise<Result> {
  return withMember(staff, input.userId, async (tx, member) => {
    if (await isBlocked(tx, member.id)) return dismissedAlready()
    if (await isLastAdministrator(tx, member)) return last()
    await closeAccess(tx, staff, input, now)
    await note(tx, staff, member, 'staff.dismissed', { reason: input.reason })
    return ok()
  })
}

/** Takes a dismissed member of staff back: a letter with a link for a new password. Refused: `unknown`, `self`, `free`. */
export async function takeBack(staff: Staff, input: Reasoned, now: Date): Promise<Result> {
  return withMember(staff, input.userId, async (tx, member) => {
    const linkId = await reopenAccess(tx, staff, input, now)
    if (!linkId) return refused('free', 'Этот сотрудник не отстранён. Обновите страницу.')
    await sendLink(tx, member, (await hasSecondFactor(tx, member.id)) ? 'returned' : 'invited', linkId)
    await note(tx, staff, member, 'staff.returned', { reason: input.reason })
    return ok()
  })
}

/**
 * Takes the password of another member of staff away, or their second factor with it (a lost phone); never the factor alone,
 * or whoever knows the password would set up one of their own. Sessions die, the person is told by letter. Refused:
 * `unknown`, `self`, `last`, `dismissed`, `waiting` (nothing to reset yet).
 */
export async function resetStaff(
  staff: Staff,
  { userId, what, reason }: Reasoned & { what: 'password' | 'both' },
  now: Date,
): Promise<Result> {
  return withMember(staff, userId, async (tx, member) => {
    if (await isBlocked(tx, userId)) return dismissedAlready()
    if (!member.passwordHash && what === 'password')
      return refused('waiting', 'Пароля ещё нет. Отправьте приглашение ещё раз.')
    if (await isLastAdministrator(tx, member)) return last()
    await tx.update(users).set({ passwordHash: null }).where(eq(users.id, userId))
    if (what === 'both') await dropSecondFactor(tx, userId)
    await revokeSessionsOf(tx, userId, 'reset')
    await sendLink(tx, member, what, await issueLink(tx, userId, 'activation', now))
    await note(tx, staff, member, 'staff.reset', { reset: what, reason })
    return ok()
  })
}

/** Runs `work` on another member of staff, held. Of acts that might leave no administrator one goes at a time. */
async function withMember(
  staff: Staff,
  userId: string,
  work: (tx: Tx, member: Member) => Promise<Result>,
): Promise<Result> {
  if (userId === staff.userId)
    return refused('self', 'Это вы сами: ваш доступ может менять только другой администратор.')
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('staff'), hashtext('administrators'))`)
    const [member] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), eq(users.kind, 'staff')))
      .for('update')
    return member ? work(tx, member) : refused('unknown', 'Такого сотрудника нет.')
  })
}

/** Whether nobody else who can sign in is an administrator. */
async function isLastAdministrator(tx: Tx, member: Member): Promise<boolean> {
  if (!member.roles.includes('administrator')) return false
  const [other] = await tx
    .select({ id: users.id })
    .from(users)
    .leftJoin(blocks, and(eq(blocks.userId, users.id), isNull(blocks.unblockedAt)))
    .where(
      and(
        eq(users.kind, 'staff'),
        ne(users.id, member.id),
        sql`'administrator' = any(${users.roles})`,
        isNotNull(users.passwordHash),
        isNull(blocks.id),
      ),
    )
    .limit(1)
  return other === undefined
}

/** Whether the letter says that the second step stands as it was. */
async function hasSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  const set = and(eq(staffSecondFactors.userId, userId), isNotNull(staffSecondFactors.confirmedAt))
  return (await tx.$count(staffSecondFactors, set)) > 0
}

async function sendLink(tx: Tx, member: Member, why: Why, linkId: string): Promise<void> {
  const roles = member.roles.map((role) => roleNames[role])
  await owe(tx, 'staff-access', member.email, { why, login: member.login, linkId, roles })
}

async function note(
  tx: Tx,
  staff: Staff,
  member: Member,
  action: AuditAction,
  after: Record<string, string> = {},
): Promise<void> {
  await record(tx, staff, { action, subject: subjectOf(member), after })
}

function subjectOf({ id, login }: Member) {
  return { kind: 'user', id, label: login } as const
}

function wordsOf(roles: readonly StaffRole[]): string {
  return roles.map((role) => roleNames[role]).join(', ')
}

function dismissedAlready() {
  return refused('dismissed', 'Этот сотрудник отстранён. Обновите страницу.')
}

function last() {
  return refused('last', 'Это единственный администратор: сначала назначьте другого.')
}
