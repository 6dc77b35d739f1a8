import { randomInt } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db, type Tx } from '@/db/client'
import { papers } from '@/db/schema'
import { record } from '@/lib/audit/record'
import type { Subscriber } from '@/lib/session/require'
import { type CertificateKind, type PaperKind, paperBodies } from './schema'

/** A paper to be given out. */
export interface NewPaper<Kind extends PaperKind> {
  kind: Kind
  accountId: number
  body: z.input<(typeof paperBodies)[Kind]>
  /** Who gets it; null when nobody with a login does. */
  issuedTo: string | null
  issuedAt: Date
  /** The sending it answers: the same one again gets the same paper (`paperOfSending`). */
  sendingKey?: string | undefined
}

/**
 * Gives a paper out, in the transaction of what it tells of. Its code is eight random digits: to guess one takes a hundred
 * million tries, and the check allows a few an hour.
 * @returns its id @throws ZodError when the body is not what its kind says
 */
export async function issuePaper<Kind extends PaperKind>(tx: Tx, paper: NewPaper<Kind>): Promise<string> {
  const { kind, accountId, issuedTo, issuedAt, sendingKey } = paper
  const [row] = await tx
    .insert(papers)
    .values({
      kind,
      accountId,
      body: paperBodies[kind].parse(paper.body),
      issuedTo,
      issuedAt,
      code: String(randomInt(100_000_000)).padStart(8, '0'),
      sendingKey: sendingKey ?? null,
    })
    .returning({ id: papers.id })
  if (!row) throw new Error('the paper was not stored')
  return row.id
}

/**
 * Gives the subscriber a certificate they asked for. One that says the same to the letter, its day too, is not given twice.
 * @returns its id @throws ZodError when the body is not what its kind says
 */
export async function issueCertificate<Kind extends CertificateKind>(
  subscriber: Subscriber,
  paper: Pick<NewPaper<Kind>, 'kind' | 'accountId' | 'body'>,
  now: Date,
): Promise<string> {
  const { kind, accountId } = paper
  const body = paperBodies[kind].parse(paper.body)
  const issuedTo = subscriber.userId
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('kabinet certificate'), ${accountId}::int)`)
    const given = await tx
      .select({ id: papers.id })
      .from(papers)
      .where(
        and(
          eq(papers.accountId, accountId),
          eq(papers.kind, kind),
          eq(papers.issuedTo, issuedTo),
          sql`${papers.body} = ${JSON.stringify(body)}::jsonb`,
        ),
      )
    if (given[0]) return given[0].id
    const label = body.accountNumber
    const subject = { kind: 'account', id: String(accountId), label } as const
    await record(tx, subscriber, { action: 'paper.issued', subject, after: { kind } })
    return issuePaper(tx, { ...paper, issuedTo, issuedAt: now })
  })
}

/** The paper a sending was answered with; undefined before that. */
export async function paperOfSending(tx: Tx, accountId: number, key: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: papers.id })
    .from(papers)
    .where(and(eq(papers.accountId, accountId), eq(papers.sendingKey, key)))
  return row?.id
}
