import type { Tx } from '@/db/client'
import { auditLog } from '@/db/schema'
import type { AuditAction, AuditSubject } from './catalogue'

/** Who does something: a user, or nobody with a login (`userId` null). */
export interface Actor {
  readonly userId: string | null
  readonly login: string
  /** Network address the act came from; empty for the service itself. */
  readonly address: string
}

/** The service itself: jobs, first start, imports of the demo. */
export const SERVICE: Actor = { userId: null, login: 'сервис', address: '' }

/** Somebody without a login: an applicant. */
export function visitor(address: string): Actor {
  return { userId: null, login: 'посетитель', address }
}

export interface AuditEntry {
  action: AuditAction
  /** `label` is what staff know the thing by (a request's number, a login, an account number), never a name. */
  subject: { kind: AuditSubject; id: string; label: string }
  /** Without secrets and without personal data. */
  before?: Record<string, string | number | boolean | null>
  after?: Record<string, string | number | boolean | null>
}

/** Writes one row of the journal in the caller's transaction: no change without its row, no row without its change. */
export async function record(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.insert(auditLog).values({
    actorId: actor.userId,
    actorLogin: actor.login,
    action: entry.action,
    subjectKind: entry.subject.kind,
    subjectId: entry.subject.id,
    subjectLabel: entry.subject.label,
    before: entry.before ?? null,
    after: entry.after ?? null,
    address: actor.address,
  })
}
