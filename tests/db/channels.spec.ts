import { and, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { auditLog, billLetters, letters, paperlessChoices, textMessages, users } from '@/db/schema'
import { type ChannelChoice, channelsOf, chooseChannels } from '@/lib/access/channels-choice'
import { chooseMessages } from '@/lib/access/messages'
import { oweBillLetters } from '@/lib/ledger/commands'
import { remindOfReadings } from '@/lib/notices/readings-reminders'
import { makeCharge, makeChargesImport, makeMeter, makeService } from '../support/billing'
import { expect, test } from '../support/database'
import { type Home, makeHome, remindersTo } from '../support/reminders'
import { withTexts } from '../support/texts'

const MORNING = new Date('2026-11-22T09:00:00+03:00')
let phones = 0

const choice = (change: Partial<ChannelChoice> = {}): ChannelChoice => ({
  bills: { email: true, sms: false },
  readings: { email: true, sms: false },
  notices: { email: true, sms: false },
  ...change,
})

/** Somebody with a meter that waits and a phone, confirmed or not. */
async function home({ confirmed = true } = {}): Promise<Home & { phone: string }> {
  const made = await makeHome()
  await makeMeter(made.accountId)
  const phone = `+7911${process.env.TEST_WORKER_INDEX}${String(++phones).padStart(6, '0')}`
  await db()
    .update(users)
    .set({ phone, phoneConfirmedAt: confirmed ? MORNING : null })
    .where(eq(users.id, made.subscriber.userId))
  return { ...made, phone }
}

const textsTo = (phone: string) => db().select().from(textMessages).where(eq(textMessages.toPhone, phone))

test('channels are kept, and told to the journal once per change', async () => {
  const { subscriber } = await home()
  expect(await channelsOf(subscriber)).toEqual({ choice: choice(), sms: 'off' })
  const wanted = choice({ readings: { email: false, sms: true } })
  await chooseChannels(subscriber, wanted)
  await chooseChannels(subscriber, wanted)
  // Nobody can choose what cannot be sent.
  expect((await channelsOf(subscriber)).choice.readings).toEqual({ email: false, sms: false })
  await withTexts(async () => {
    expect((await channelsOf(subscriber)).sms).toBe('free')
    await chooseChannels(subscriber, wanted)
    expect((await channelsOf(subscriber)).choice).toEqual(wanted)
  })
  const journal = await db()
    .select({ after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.action, 'channels.chosen'), eq(auditLog.subjectId, subscriber.userId)))
    .orderBy(auditLog.id)
  expect(journal).toEqual([
    { after: { bills: 'email', readings: 'none', notices: 'email' } },
    { after: { bills: 'email', readings: 'sms', notices: 'email' } },
  ])
})

test('what was chosen of SMS stays while they cannot be sent; a phone not confirmed gets none', async () => {
  const { subscriber } = await home()
  const wanted = choice({ bills: { email: true, sms: true } })
  await withTexts(async () => {
    await chooseChannels(subscriber, wanted)
  })
  await chooseChannels(subscriber, choice({ notices: { email: false, sms: false } }))
  expect((await channelsOf(subscriber)).choice.bills).toEqual({ email: true, sms: true })
  await withTexts(async () => {
    const other = await home({ confirmed: false })
    expect((await channelsOf(other.subscriber)).sms).toBe('not-confirmed')
    await db().update(users).set({ phone: null }).where(eq(users.id, other.subscriber.userId))
    expect((await channelsOf(other.subscriber)).sms).toBe('no-phone')
  })
})

test('reminders come by the channels chosen, and to whom nobody asks about another’s choice', async () => {
  await withTexts(async () => {
    const [byEmail, bySms, byBoth, byNone, silent] = [
      await home(),
      await home(),
      await home(),
      await home(),
      await home(),
    ]
    const readings = (email: boolean, sms: boolean) => choice({ readings: { email, sms } })
    await chooseChannels(bySms.subscriber, readings(false, true))
    await chooseChannels(byBoth.subscriber, readings(true, true))
    await chooseChannels(byNone.subscriber, readings(false, false))
    await chooseChannels(silent.subscriber, readings(true, true))
    await chooseMessages(silent.subscriber, false, MORNING)
    await remindOfReadings(MORNING)
    await remindOfReadings(MORNING)
    const got = async ({ subscriber, phone }: Home & { phone: string }) => [
      (await remindersTo(subscriber)).length,
      (await textsTo(phone)).length,
    ]
    expect(await Promise.all([byEmail, bySms, byBoth, byNone, silent].map(got))).toEqual([
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
      [0, 0],
    ])
    const [text] = await textsTo(bySms.phone)
    expect(text).toMatchObject({ kind: 'readings', expiresAt: new Date('2026-11-26T00:00:00+03:00') })
    expect(text?.body).toContain('до 25 ноября')
  })
})

test('a new bill is told by the channels chosen; without consent to messages still by the letter that was asked for', async () => {
  await withTexts(async () => {
    const homes = [await home(), await home(), await home(), await home()]
    const wanted: [email: boolean, sms: boolean, consent: boolean][] = [
      [true, false, false],
      [false, true, true],
      [true, true, true],
      [false, true, false],
    ]
    const water = await makeService('Вода')
    const importId = await makeChargesImport('2026-11-01T12:00:00Z')
    for (const [place, { accountId, subscriber }] of homes.entries()) {
      const [email = true, sms = false, consent = false] = wanted[place] ?? []
      await chooseChannels(subscriber, choice({ bills: { email, sms } }))
      await chooseMessages(subscriber, consent, MORNING)
      await db().insert(paperlessChoices).values({ accountId, userId: subscriber.userId })
      await makeCharge(accountId, '2026-10', water, { charged: 100_00n }, { importId })
    }
    for (const again of [1, 2])
      await db().transaction(async (tx) => {
        await tx.execute(
          sql`create temp table touched_charges (account_id bigint, period char(7)) on commit drop`,
        )
        for (const { accountId } of homes)
          await tx.execute(sql`insert into touched_charges values (${accountId}, '2026-10')`)
        await oweBillLetters(tx, importId)
        expect(again).toBeLessThan(3)
      })
    const got = await Promise.all(
      homes.map(async ({ subscriber, phone, accountNumber }) => {
        const [owed] = await db().select().from(billLetters).where(eq(billLetters.userId, subscriber.userId))
        const written = await db()
          .select()
          .from(letters)
          .where(and(eq(letters.kind, 'bill-ready'), sql`payload->>'accountNumber' = ${accountNumber}`))
        return [owed?.byEmail, written.length, (await textsTo(phone)).length]
      }),
    )
    expect(got).toEqual([
      [true, 1, 0],
      [false, 0, 1],
      [true, 1, 1],
      [undefined, 0, 0],
    ])
  })
})
