import { randomUUID } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { credentialLinks } from '@/db/schema'
import { linkToken, tokenHash } from '@/lib/mail/link-token'
import { type LinkPurpose, linkLifeMs } from './rules'

/** Makes a one-time link and revokes the earlier ones of that user. @returns its id, from which the letter derives the token */
export async function issueLink(tx: Tx, userId: string, purpose: LinkPurpose, now: Date): Promise<string> {
  await revokeLinks(tx, userId, now)
  const id = randomUUID()
  await tx.insert(credentialLinks).values({
    id,
    userId,
    purpose,
    tokenHash: tokenHash(linkToken(id)),
    createdAt: now,
    expiresAt: new Date(now.getTime() + linkLifeMs[purpose]),
  })
  return id
}

/** Makes every unused link of a user worthless. */
export async function revokeLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx
    .update(credentialLinks)
    .set({ revokedAt: now })
    .where(
      and(
        eq(credentialLinks.userId, userId),
        isNull(credentialLinks.usedAt),
        isNull(credentialLinks.revokedAt),
      ),
    )
}
