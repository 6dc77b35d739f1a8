import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import { db, type Tx } from '@/db/client'
import {
  accessRequests,
  accountAccess,
  consents,
  contactChanges,
  enquiries,
  enquiryFiles,
  enquiryMessages,
  erasureActs,
  helperAccess,
  letters,
  messageChannels,
  nightChecks,
  paperlessChoices,
  passports,
  privacyRequests,
  readingPhotos,
  sessions,
  textMessages,
  users,
} from '@/db/schema'
import { revokeLinks } from '@/lib/access/links'
import { record } from '@/lib/audit/record'
import { endHelpersOf } from '@/lib/helper-access/ending'
import { owe } from '@/lib/mail/owe'
import { ok, type Result, refused } from '@/lib/result'
import type { Staff } from '@/lib/session/require'
import { revokeSessionsOf } from '@/lib/session/sessions'
import { DESTROYED } from './rules'
import { withoutWords } from './wiping'

type User = typeof users.$inferSelect

/**
 * «Уничтожить данные» of a person who withdrew their consent: whatever no law keeps (`keptByLaw` stays), every access and sign-in
 * with it; one act with the counts, one last letter. Refused: `absent`, `settled` (already, or taken back).
 * @returns the act's number
 */
export async function eraseWithdrawn(
  staff: Staff,
  requestId: string,
  now: Date,
): Promise<Result<{ act: number }, 'absent' | 'settled'>> {
  return db().transaction(async (tx) => {
    const [request] = await tx
      .select()
      .from(privacyRequests)
      .where(and(eq(privacyRequests.id, requestId), eq(privacyRequests.kind, 'withdrawal')))
      .for('update')
    if (!request) return refused('absent', 'Такого отзыва нет.')
    if (request.settledAt)
      return refused('settled', 'Этот отзыв уже исполнен или взят назад. Обновите страницу.')
    const [user] = await tx.select().from(users).where(eq(users.id, request.userId)).for('update')
    if (!user) throw new Error('a request of nobody')
    await endEverything(tx, staff, user, now)
    const destroyed = await destroy(tx, user, now)
    const of = { userId: user.id, requestId, ground: 'withdrawal' as const, madeAt: now }
    const [act] = await tx
      .insert(erasureActs)
      .values({ ...of, destroyed, madeBy: staff.userId })
      .returning({ number: erasureActs.number })
    if (!act) throw new Error('the act was not stored')
    const settled = { settledAt: now, settledBy: staff.userId, outcome: 'done' as const }
    await tx.update(privacyRequests).set(settled).where(eq(privacyRequests.id, requestId))
    await owe(tx, 'data-erased', user.email, { act: act.number })
    await record(tx, staff, {
      action: 'data.erased',
      subject: { kind: 'user', id: user.id, label: user.login },
      after: { act: act.number, ...destroyed },
    })
    return ok({ act: act.number })
  })
}

/** Sign-ins, links, accesses and helpers end. */
async function endEverything(tx: Tx, staff: Staff, user: User, now: Date): Promise<void> {
  await revokeSessionsOf(tx, user.id, 'ended')
  await revokeLinks(tx, user.id, now)
  const ended = await tx
    .update(accountAccess)
    .set({ endedAt: now, endReason: 'withdrawal', endedBy: staff.userId })
    .where(and(eq(accountAccess.userId, user.id), isNull(accountAccess.endedAt)))
    .returning({ accountId: accountAccess.accountId })
  for (const { accountId } of ended) await endHelpersOf(tx, staff, { holderId: user.id, accountId }, now)
  await tx
    .update(helperAccess)
    .set({ endedAt: now, endReason: 'helper' })
    .where(and(eq(helperAccess.helperId, user.id), isNull(helperAccess.endedAt)))
  await tx.delete(paperlessChoices).where(eq(paperlessChoices.userId, user.id))
}

/** Destroys or makes nameless what is held; @returns how many of what. */
async function destroy(tx: Tx, user: User, now: Date): Promise<Record<string, number>> {
  const { id, email, phone } = user
  return {
    users: await nameless(tx, id),
    ...(await ofRequests(tx, id, now)),
    sessions:
      (await tx.update(sessions).set({ device: '', address: '' }).where(eq(sessions.userId, id))).rowCount ??
      0,
    ...(await ofMessages(tx, id, [email], phone)),
    consents: await ofConsents(tx, id, now),
    helpers: await ofHelpers(tx, id),
    ...(await ofEnquiries(tx, id)),
    photos: await gone(tx, readingPhotos, eq(readingPhotos.uploadedBy, id)),
    nights: await gone(tx, nightChecks, eq(nightChecks.userId, id)),
    channels: await gone(tx, messageChannels, eq(messageChannels.userId, id)),
  }
}

async function gone(tx: Tx, table: PgTable, where: ReturnType<typeof eq>): Promise<number> {
  return (await tx.delete(table).where(where)).rowCount ?? 0
}

async function nameless(tx: Tx, id: string): Promise<number> {
  const nothing = { lastName: DESTROYED, firstName: '', patronymic: '', email: '', phone: null }
  const done = await tx
    .update(users)
    .set({ ...nothing, phoneConfirmedAt: null, passwordHash: null })
    .where(eq(users.id, id))
  return done.rowCount ?? 0
}

/** The person's requests with their passports; the numbers and decisions stay. */
async function ofRequests(tx: Tx, userId: string, now: Date) {
  const own = tx
    .select({ id: accessRequests.id })
    .from(accessRequests)
    .where(eq(accessRequests.userId, userId))
  const sealed = { wrappedKey: null, number: null, issuedBy: null, issuedOn: null, blindIndex: null }
  const opened = await tx
    .update(passports)
    .set({ ...sealed, lastDigits: '', erasedAt: sql`coalesce(${passports.erasedAt}, ${now})` })
    .where(inArray(passports.requestId, own))
  const done = await tx
    .update(accessRequests)
    .set(requestWithoutPerson)
    .where(eq(accessRequests.userId, userId))
  return { passports: opened.rowCount ?? 0, requests: done.rowCount ?? 0 }
}

/** What a request keeps of its applicant: nothing. */
export const requestWithoutPerson = {
  ...{ lastName: DESTROYED, firstName: '', patronymic: '', registrationAddress: '', postalAddress: '' },
  ...{ email: '', phone: '', meterSerial: null, submittedFrom: '', refusalNote: null },
}

/** Letters and SMS that have gone, to any address that was ever the person's; then those addresses themselves. */
async function ofMessages(tx: Tx, userId: string, emails: string[], phone: string | null) {
  const changes = await tx.delete(contactChanges).where(eq(contactChanges.userId, userId)).returning()
  const former = changes.flatMap(({ oldValue, newValue }) => [oldValue ?? '', newValue]).filter(Boolean)
  const all = [...emails, ...former].map((one) => one.toLowerCase())
  const wiped = await tx
    .update(letters)
    .set(withoutWords)
    .where(and(inArray(sql`lower(${letters.toEmail})`, all), isNotNull(letters.sentAt)))
  const phones = [...former, ...(phone ? [phone] : [])]
  const texts =
    phones.length === 0
      ? undefined
      : await tx
          .update(textMessages)
          .set({ toPhone: '', body: '' })
          .where(and(inArray(textMessages.toPhone, phones), isNotNull(textMessages.sentAt)))
  return { letters: wiped.rowCount ?? 0, texts: texts?.rowCount ?? 0, contacts: changes.length }
}

/** That a consent was given stays, as its proof; where from does not. */
async function ofConsents(tx: Tx, userId: string, now: Date): Promise<number> {
  const done = await tx
    .update(consents)
    .set({ address: '', withdrawnAt: sql`coalesce(${consents.withdrawnAt}, ${now})` })
    .where(eq(consents.userId, userId))
  return done.rowCount ?? 0
}

async function ofHelpers(tx: Tx, userId: string): Promise<number> {
  const done = await tx
    .update(helperAccess)
    .set({ name: DESTROYED, email: '' })
    .where(or(eq(helperAccess.holderId, userId), eq(helperAccess.helperId, userId)))
  return done.rowCount ?? 0
}

async function ofEnquiries(tx: Tx, userId: string) {
  const contacts = await tx
    .update(enquiries)
    .set({ contactName: null, contactEmail: null, contactPhone: null })
    .where(eq(enquiries.userId, userId))
  const own = tx
    .select({ id: enquiryMessages.id })
    .from(enquiryMessages)
    .where(eq(enquiryMessages.authorId, userId))
  const files = await gone(tx, enquiryFiles, inArray(enquiryFiles.messageId, own))
  return { enquiryContacts: contacts.rowCount ?? 0, enquiryFiles: files }
}
