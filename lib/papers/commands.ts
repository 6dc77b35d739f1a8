import { randomInt } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Tx } from '@/db/client'
import { papers } from '@/db/schema'
import { type PaperKind, paperBodies } from './schema'

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

/** The paper a sending was answered with; undefined before that. */
export async function paperOfSending(tx: Tx, accountId: number, key: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ id: papers.id })
    .from(papers)
    .where(and(eq(papers.accountId, accountId), eq(papers.sendingKey, key)))
  return row?.id
}
