import { and, eq, isNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { notices } from '@/db/schema'
import { record } from '@/lib/audit/record'
import { enqueue } from '@/lib/jobs/catalogue'
import { invalid, ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { type Addressed, reachOf } from './audience'
import { timesOf } from './rules'
import type { NoticeInput, ProlongInput } from './schema'

const UNKNOWN = refused('unknown', 'Такого объявления нет.')

/** What publishing would do: whom it reaches and how. Invalid: whatever does not fit together, `place` where nobody lives. */
export async function previewNotice(staff: Staff, input: NoticeInput, now: Date) {
  const times = timesOf(input, now)
  if ('errors' in times) return invalid(times.errors)
  const addressed = addressedBy(input)
  const reach = await reachOf(staff, addressed, now)
  if (reach.accounts === 0)
    return invalid({
      [input.audience === 'service' ? 'service' : 'place']: 'Здесь нет ни одного счёта. Выберите из списка',
    })
  return ok({ reach, times, addressed })
}

/**
 * Publishes a notice and asks for its messages, in one transaction. The same sending again is the same notice. Invalid as its
 * preview.
 */
export async function publishNotice(
  staff: Staff,
  input: NoticeInput,
  now: Date,
): Promise<Result<{ number: number }>> {
  const preview = await previewNotice(staff, input, now)
  if (preview.status !== 'ok') return preview
  const { times, addressed } = preview.value
  return db().transaction(async (tx) => {
    const { sendingKey, kind, title, body } = input
    const [made] = await tx
      .insert(notices)
      .values({
        ...{ sendingKey, kind, title, body },
        ...times,
        ...addressed,
        publishedAt: now,
        publishedBy: staff.userId,
      })
      .onConflictDoNothing({ target: notices.sendingKey })
      .returning({ id: notices.id, number: notices.number })
    if (!made) {
      const there = await tx.query.notices.findFirst({ where: eq(notices.sendingKey, sendingKey) })
      if (!there) throw new Error('a notice that is there is not there')
      return ok({ number: there.number })
    }
    await record(tx, staff, {
      action: 'notice.published',
      subject: subjectOf(made),
      after: { kind, audience: addressed.audience },
    })
    await enqueue(tx, 'deliver-notice', { noticeId: made.id }, `notice:${made.id}`)
    return ok({ number: made.number })
  })
}

function addressedBy({ audience, place, service }: NoticeInput): Addressed {
  const isPlace = audience === 'house' || audience === 'microdistrict'
  return {
    audience,
    place: isPlace ? place : null,
    serviceId: audience === 'service' ? (service ?? null) : null,
  }
}

/** Withdraws a notice: it is shown no more, and messages not yet owed are not owed. Refused: `unknown`; twice is once. */
export async function withdrawNotice(
  staff: Staff,
  { number }: { number: number },
  now: Date,
): Promise<Result<undefined, 'unknown'>> {
  return db().transaction(async (tx) => {
    const [found] = await tx.select().from(notices).where(eq(notices.number, number)).for('update')
    if (!found) return UNKNOWN
    if (found.withdrawnAt) return ok()
    await tx
      .update(notices)
      .set({ withdrawnAt: now, withdrawnBy: staff.userId })
      .where(eq(notices.id, found.id))
    await record(tx, staff, { action: 'notice.withdrawn', subject: subjectOf(found) })
    return ok()
  })
}

/** Moves the end of a notice in force, and until when it is shown; nobody is written to again. Refused: `unknown`. */
export async function prolongNotice(
  staff: Staff,
  { number, endsAt, shownUntil }: ProlongInput,
  now: Date,
): Promise<Result<undefined, 'unknown'>> {
  return db().transaction(async (tx) => {
    const [found] = await tx
      .select()
      .from(notices)
      .where(and(eq(notices.number, number), isNull(notices.withdrawnAt)))
      .for('update')
    if (!found) return UNKNOWN
    const { kind, audience } = found
    const typed = { kind, audience, place: found.place ?? '', service: found.serviceId ?? undefined }
    const times = timesOf({ ...typed, startsAt: found.startsAt ?? undefined, endsAt, shownUntil }, now)
    if ('errors' in times) return invalid(times.errors)
    const { endsAt: end, shownUntil: until } = times
    await tx.update(notices).set({ endsAt: end, shownUntil: until }).where(eq(notices.id, found.id))
    await record(tx, staff, {
      action: 'notice.prolonged',
      subject: subjectOf(found),
      before: { shownUntil: found.shownUntil.toISOString() },
      after: { shownUntil: until.toISOString() },
    })
    return ok()
  })
}

function subjectOf({ id, number }: { id: string; number: number }) {
  return { kind: 'notice', id, label: String(number) } as const
}
