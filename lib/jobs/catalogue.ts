import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Tx } from '@/db/client'

/** Who asked for it: a member of staff, and the network address it was asked from. */
const pressedBy = { userId: z.uuid().nullable(), address: z.string() }

/** Every job and the shape of its payload. Payloads hold ids only: no personal data of residents, no secrets. */
export const jobs = {
  'send-letter': z.object({ letterId: z.uuid() }),
  /** Sends an SMS owed. */
  'send-text': z.object({ textId: z.uuid() }),
  /** Owes everybody a notice is for their messages. */
  'deliver-notice': z.object({ noticeId: z.uuid() }),
  /** Nightly: personal data past their retention are removed, passports among them. */
  'apply-retention': z.object({}),
  /** Nightly: billing files that nobody loaded lose their bytes. */
  'forget-files': z.object({}),
  /** Nightly: what similar flats use on average. */
  'reckon-typical-use': z.object({}),
  /** Every morning: who has not sent readings is reminded before the window closes. */
  'remind-of-readings': z.object({}),
  /** Every morning: holders are told that the verification of a meter runs out. */
  'remind-of-verification': z.object({}),
  /** Every quarter of an hour: signs that an account of a user may be in strange hands are raised. */
  'look-for-suspicions': z.object({}),
  /** Work on an upload: done by a process of its own (scripts/exchange-worker.ts). */
  'check-import': z.object({ importId: z.uuid() }),
  /** `userId` pressed the button, from `address`; null is the service itself. */
  'load-import': z.object({ importId: z.uuid(), withoutRejects: z.boolean(), ...pressedBy }),
  'undo-import': z.object({ importId: z.uuid(), ...pressedBy }),
  /** Asks the provider what became of a payment or a refund whose outcome is open. */
  'ask-payment': z.object({ paymentId: z.uuid() }),
  'ask-refund': z.object({ refundId: z.uuid() }),
  'take-notification': z.object({ notificationId: z.uuid() }),
  /** Nightly: old notifications of providers lose their words. */
  'forget-notifications': z.object({}),
  /** Every few minutes: rows of the journal get their seal. */
  'seal-audit': z.object({}),
  /** Daily: the whole journal is reckoned anew, and its head kept. */
  'verify-audit': z.object({}),
  /** Daily: the provider's own list against ours. */
  'reconcile-payments': z.object({}),
} as const
export type JobName = keyof typeof jobs

/**
 * Asks for a job in the caller's transaction: it runs after the commit, and not before `at`, or never.
 * The same `key` twice before it runs is one job, at the time asked for last. Retried with growing pauses, 25 times (about three days).
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: z.input<(typeof jobs)[Name]>,
  key: string,
  at?: Date,
): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job(${name}::text, payload := ${JSON.stringify(payload)}::json, job_key := ${key}::text,
      max_attempts := 25, run_at := ${at?.toISOString() ?? null}::timestamptz)`)
}

/** The same for many jobs of one name, in one statement. Their keys are new: nothing waits under them yet. */
export async function enqueueMany<Name extends JobName>(
  tx: Tx,
  name: Name,
  wanted: readonly { payload: z.input<(typeof jobs)[Name]>; key: string }[],
): Promise<void> {
  if (wanted.length === 0) return
  await tx.execute(sql`
    select count(*) from graphile_worker.add_jobs((
      select array_agg(row(${name}::text, j.payload, null, null, 25, j.key, null, null)::graphile_worker.job_spec)
      from json_to_recordset(${JSON.stringify(wanted)}::json) j(payload json, key text)))`)
}
