import { and, desc, eq, notInArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { accountAccess, papers } from '@/db/schema'
import { ownedSince } from '@/lib/accounts/queries'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff, Subscriber } from '@/lib/session/require'
import { inMinutes, take } from '@/lib/session/throttle'
import {
  type CertificateKind,
  type ChargesCertificate,
  type FinalStatement,
  type MetersCertificate,
  type NoDebt,
  paperBodies,
  type ReadingsSlip,
} from './schema'

interface Common {
  id: string
  number: number
  code: string
  accountId: number
  issuedAt: Date
}
export type Slip = Common & { kind: 'readings-slip'; body: ReadingsSlip }
export type NoDebtPaper = Common & { kind: 'no-debt'; body: NoDebt }
export type ChargesPaper = Common & { kind: 'charges'; body: ChargesCertificate }
export type MetersPaper = Common & { kind: 'meters'; body: MetersCertificate }
export type FinalPaper = Common & { kind: 'final-statement'; body: FinalStatement }
/** A paper given on demand. */
export type Certificate = NoDebtPaper | ChargesPaper | MetersPaper
/** A paper and what it says. */
export type Paper = Slip | Certificate | FinalPaper

/**
 * A paper of the subscriber's: given to them, or a slip of readings of their own time with an account that is theirs now,
 * whoever sent those but a former holder. Undefined for any other: a final statement is of the former one's, however late it
 * was recorded.
 */
export function paperFor(subscriber: Subscriber, id: string): Promise<Paper | undefined> {
  return onePaper(
    id,
    sql`(${papers.issuedTo} = ${subscriber.userId}
      or ${papers.kind} = 'readings-slip' and not ${ofFormerHolder}
        and ${ownedSince(subscriber, papers.accountId, { moment: papers.issuedAt })})`,
  )
}

const ofFormerHolder = sql`exists (select from ${accountAccess} where ${accountAccess.accountId} = ${papers.accountId}
  and ${accountAccess.userId} = ${papers.issuedTo} and ${accountAccess.endReason} = 'owner-change')`

/** A certificate of the subscriber's (see `paperFor`); undefined for any other paper. */
export async function certificateFor(subscriber: Subscriber, id: string): Promise<Certificate | undefined> {
  const paper = await paperFor(subscriber, id)
  return paper?.kind === 'readings-slip' || paper?.kind === 'final-statement' ? undefined : paper
}

/** How many certificates are listed. */
const LISTED = 20

/** The certificates the subscriber was given of an account of theirs, the latest first. */
export async function certificatesGiven(
  subscriber: Subscriber,
  accountId: number,
): Promise<{ id: string; number: number; kind: CertificateKind; issuedAt: Date }[]> {
  const rows = await db()
    .select({ id: papers.id, number: papers.number, kind: papers.kind, issuedAt: papers.issuedAt })
    .from(papers)
    .where(
      and(
        eq(papers.accountId, accountId),
        eq(papers.issuedTo, subscriber.userId),
        notInArray(papers.kind, ['readings-slip', 'final-statement']),
      ),
    )
    .orderBy(desc(papers.number))
    .limit(LISTED)
  return rows.flatMap(({ kind, ...row }) =>
    kind === 'readings-slip' || kind === 'final-statement' ? [] : { ...row, kind },
  )
}

/** Any paper, for staff. */
export function paperForStaff(_staff: Staff, id: string): Promise<Paper | undefined> {
  return onePaper(id, sql`true`)
}

async function onePaper(id: string, may: SQL): Promise<Paper | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined
  const [row] = await db()
    .select()
    .from(papers)
    .where(and(eq(papers.id, id), may))
  return row && paperOf(row)
}

/**
 * «Проверка документа»: what a paper says, for whoever knows its number and code. A wrong number and a wrong code are
 * answered alike. Refused: `absent`, `throttled`.
 */
export async function checkPaper(
  { number, code }: { number: string; code: string },
  address: string,
): Promise<Result<Paper, 'absent' | 'throttled'>> {
  const turn = await take([['paper-check', address]])
  if (turn !== 'free')
    return refused('throttled', `Слишком много проверок подряд. Попробуйте ${inMinutes(turn.minutes)}.`)
  const [row] = await db()
    .select()
    .from(papers)
    .where(and(eq(papers.number, Number(number)), eq(papers.code, code)))
  return row
    ? ok(paperOf(row))
    : refused('absent', 'Документа с таким номером и кодом мы не выдавали. Проверьте цифры.')
}

function paperOf({ id, number, code, kind, accountId, issuedAt, body }: typeof papers.$inferSelect): Paper {
  const common = { id, number, code, accountId, issuedAt }
  switch (kind) {
    case 'readings-slip':
      return { ...common, kind, body: paperBodies[kind].parse(body) }
    case 'no-debt':
      return { ...common, kind, body: paperBodies[kind].parse(body) }
    case 'charges':
      return { ...common, kind, body: paperBodies[kind].parse(body) }
    case 'final-statement':
      return { ...common, kind, body: paperBodies[kind].parse(body) }
    case 'meters':
      return { ...common, kind, body: paperBodies[kind].parse(body) }
  }
}
