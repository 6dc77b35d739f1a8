import { and, asc, count, desc, eq, ilike, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { accounts, enquiries, users } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { permissions } from '@/lib/session/permissions'
import type { Staff } from '@/lib/session/require'
import { formatInstant, moscowDay } from '@/lib/units/day'
import { csvLine } from '@/lib/units/sheet'
import { enquiryColumns, fileOf, lineOf, messagesOf, promised } from './queries'
import { closeReasons, timeLeft } from './rules'
import type { QueueFilter } from './staff-schema'

const PAGE = 50
/** Rows of a list that is taken away as a file. */
const MOST_ROWS = 50_000

const assignee = alias(users, 'assignee')

const queueColumns = {
  ...enquiryColumns,
  lastName: users.lastName,
  firstName: users.firstName,
  contactName: enquiries.contactName,
  suspectedOf: enquiries.suspectedOf,
  assignee: assignee.login,
}

/**
 * A page of the office's list: those that wait by deadline, the nearest first; those answered or closed, the latest first.
 * `counts` is of what waits: of all, of one's own, of nobody's, and of those that look suspicious.
 */
export async function enquiryQueue(staff: Staff, filter: QueueFilter, now: Date) {
  const [rows, [found], counts] = await Promise.all([
    queueRows(staff, filter, { limit: PAGE, offset: (filter.page - 1) * PAGE }),
    db()
      .select({ total: count() })
      .from(enquiries)
      .leftJoin(accounts, eq(accounts.id, enquiries.accountId))
      .leftJoin(users, eq(users.id, enquiries.userId))
      .where(conditions(staff, filter)),
    waitingCounts(staff),
  ])
  const total = found?.total ?? 0
  const today = moscowDay(now)
  return {
    total,
    counts,
    pages: Math.max(1, Math.ceil(total / PAGE)),
    rows: rows.map(promised).map((row) => ({ ...row, left: timeLeft(row.dueOn, today) })),
  }
}

function queueRows(staff: Staff, filter: QueueFilter, { limit, offset }: { limit: number; offset: number }) {
  const order = {
    open: asc(sql`coalesce(${enquiries.dueOn}, ${enquiries.createdAt}::date)`),
    answered: desc(enquiries.answeredAt),
    closed: desc(enquiries.closedAt),
  }
  return db()
    .select(queueColumns)
    .from(enquiries)
    .leftJoin(accounts, eq(accounts.id, enquiries.accountId))
    .leftJoin(users, eq(users.id, enquiries.userId))
    .leftJoin(assignee, eq(assignee.id, enquiries.assignedTo))
    .where(conditions(staff, filter))
    .orderBy(order[filter.state], asc(enquiries.number))
    .limit(limit)
    .offset(offset)
}

function conditions(staff: Staff, { state, who, suspected, q }: QueueFilter): SQL | undefined {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return and(
    eq(enquiries.state, state),
    who === 'mine' ? eq(enquiries.assignedTo, staff.userId) : undefined,
    who === 'nobody' ? isNull(enquiries.assignedTo) : undefined,
    suspected ? isNotNull(enquiries.suspectedOf) : undefined,
    q === ''
      ? undefined
      : or(
          /^\d{1,9}$/.test(q) ? eq(enquiries.number, Number(q)) : undefined,
          ...[enquiries.subject, accounts.accountNumber, users.lastName, users.login].map((column) =>
            ilike(column, like),
          ),
          ...[enquiries.contactName, enquiries.contactEmail, enquiries.contactPhone].map((column) =>
            ilike(column, like),
          ),
          sql`exists (select 1 from enquiry_messages said where said.enquiry_id = ${enquiries.id} and said.text ilike ${like})`,
        ),
  )
}

async function waitingCounts(staff: Staff) {
  const [counts] = await db()
    .select({
      all: count(),
      mine: sql<number>`count(*) filter (where ${enquiries.assignedTo} = ${staff.userId})::int`,
      nobody: sql<number>`count(*) filter (where ${enquiries.assignedTo} is null)::int`,
      suspected: sql<number>`count(*) filter (where ${enquiries.suspectedOf} is not null)::int`,
    })
    .from(enquiries)
    .where(eq(enquiries.state, 'open'))
  return counts ?? { all: 0, mine: 0, nobody: 0, suspected: 0 }
}

/** An enquiry before staff: who asks, what was said and noted, the attached line. Undefined for an unknown number. */
export async function enquiryForStaff(_staff: Staff, number: number, now: Date) {
  const closer = alias(users, 'closer')
  const [found] = await db()
    .select({
      ...queueColumns,
      period: enquiries.period,
      serviceId: enquiries.serviceId,
      address: accounts.address,
      contactEmail: enquiries.contactEmail,
      contactPhone: enquiries.contactPhone,
      assignedTo: enquiries.assignedTo,
      closedAt: enquiries.closedAt,
      closedBy: closer.login,
      closeNote: enquiries.closeNote,
      userId: users.id,
      login: users.login,
    })
    .from(enquiries)
    .leftJoin(accounts, eq(accounts.id, enquiries.accountId))
    .leftJoin(users, eq(users.id, enquiries.userId))
    .leftJoin(assignee, eq(assignee.id, enquiries.assignedTo))
    .leftJoin(closer, eq(closer.id, enquiries.closedBy))
    .where(eq(enquiries.number, number))
  if (!found) return undefined
  const enquiry = promised(found)
  const [messages, line] = await Promise.all([messagesOf(found.id, { notes: true }), lineOf(found)])
  return { ...enquiry, left: timeLeft(enquiry.dueOn, moscowDay(now)), messages, line }
}

/** Any file of an enquiry. */
export function fileForStaff(_staff: Staff, number: number, id: string) {
  return fileOf(id, eq(enquiries.number, number))
}

/** Colleagues an enquiry can be given to: those who may answer, by login. */
export async function answerers(_staff: Staff): Promise<{ id: string; login: string }[]> {
  const roles = sql`array[${sql.join(
    permissions['enquiries.answer'].map((role) => sql`${role}`),
    sql`, `,
  )}]::text[]`
  return db()
    .select({ id: users.id, login: users.login })
    .from(users)
    .where(and(eq(users.kind, 'staff'), sql`${users.roles} && ${roles}`))
    .orderBy(asc(users.login))
}

const heads = [
  ...['Номер', 'Получено', 'Тема', 'Кто', 'Лицевой счёт', 'Ответить до', 'Состояние', 'Исполнитель'],
  'Похоже на',
]

/** The list with its filter as CSV (UTF-8 with a byte order mark, `;`, CRLF), and the journal's row of who took it. */
export async function enquiriesCsv(staff: Staff, filter: QueueFilter): Promise<string> {
  const rows = (await queueRows(staff, filter, { limit: MOST_ROWS, offset: 0 })).map(promised)
  await db().transaction((tx) =>
    record(tx, staff, {
      action: 'export.made',
      subject: { kind: 'export', id: 'enquiries', label: 'Обращения' },
      after: { state: filter.state, rows: rows.length },
    }),
  )
  const lines = rows.map((row) => [
    String(row.number),
    formatInstant(row.createdAt),
    row.subject,
    askerName(row),
    row.accountNumber ?? '',
    row.dueOn,
    row.closeReason ? closeReasons[row.closeReason] : row.state === 'open' ? 'Ждёт ответа' : 'Отвечено',
    row.assignee ?? '',
    row.suspectedOf ?? '',
  ])
  return `\uFEFF${[heads, ...lines].map((cells) => csvLine(cells.map((text) => ({ text })))).join('')}`
}

/** Who asks, as a list names them. */
export function askerName({
  lastName,
  firstName,
  contactName,
}: {
  lastName: string | null
  firstName: string | null
  contactName: string | null
}): string {
  return lastName ? `${lastName} ${(firstName ?? '').slice(0, 1)}.` : (contactName ?? 'Без имени')
}
