import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { SMTPServer } from 'smtp-server'
import { db } from '@/db/client'
import { letters } from '@/db/schema'
import { env } from '@/lib/env'
import { sendLetter } from '@/lib/mail/commands'
import { contactToken, invitationToken, linkToken, undoToken } from '@/lib/mail/link-token'
import { owe } from '@/lib/mail/owe'
import type { templates } from '@/lib/mail/templates'
import { expect, test } from '../support/database'

const credentials = () => ({ login: 'k7m4xp', linkId: randomUUID() })
const payloads = {
  'request-received': () => ({ number: '2026-0417', dueOn: '2026-11-25' }),
  'request-refused': () => ({ number: '2026-0417' }),
  'access-granted': () => ({ ...credentials(), number: '2026-0417', accountNumber: '0104523' }),
  'account-added': () => ({ number: '2026-0417', accountNumber: '0104523', login: 'k7m4xp' }),
  'password-recovery': credentials,
  'access-restored': credentials,
  'bill-ready': () => ({
    accountNumber: '0104523',
    period: '2026-10',
    amount: '481236',
    dueOn: '2026-11-16',
  }),
  'enquiry-answered': () => ({ number: '417' }),
  'feedback-answered': () => ({ number: '418', askedOn: '20 ноября 2026', text: 'Первая строка.\nВторая.' }),
  'readings-slip': () => ({
    number: 417,
    code: '48210937',
    issuedAt: '2026-11-22T09:00:00.000Z',
    body: {
      accountNumber: '0104523',
      lines: [
        {
          title: 'Электричество',
          serial: '77',
          unit: 'кВт·ч',
          period: '2026-11',
          takenOn: '2026-11-22',
          values: [
            { name: 'День', dial: '012655' },
            { name: 'Ночь', dial: '006170' },
          ],
        },
      ],
    },
  }),
  'readings-reminder': () => ({
    accountNumber: '0104523',
    period: '2026-11',
    closesOn: '2026-11-25',
    meters: ['Холодная вода, кухня, № 48-221001'],
  }),
  'verification-reminder': () => ({
    accountNumber: '0104523',
    daysLeft: 60,
    meters: ['Холодная вода, кухня, № 48-221001 — до 12 февраля 2027'],
    costs: ['Если не поверить, холодную воду будем начислять по нормативу 13,6 м³ — 993,00 ₽ в месяц.'],
  }),
  'helper-invited': () => ({
    helperAccessId: randomUUID(),
    holder: 'Анна К.',
    house: '3-й микрорайон, дом 7',
    until: '2027-02-22',
    acceptBy: '2026-12-06',
  }),
  'helper-welcome': () => ({ login: 'k7m4xp' }),
  'helper-accepted': () => ({ name: 'Мария', accountNumber: '0104523', until: '2027-02-22' }),
  'payment-received': () => ({
    number: '42',
    amount: '125000',
    paidOn: '2026-11-25',
    parts: [{ accountNumber: '0104523', amount: '125000' }],
  }),
  'payment-returned': () => ({ number: '42', refund: '7', amount: '5000', accountNumber: '0104523' }),
  notice: () => ({
    ...{ number: '12', title: 'Не будет горячей воды', body: 'Меняем трубу.\n\nЗапаситесь водой.' },
    when: '27 ноября 2026, с 09:00 до 17:00',
  }),
  'reading-question': () => ({ accountNumber: '0104523', text: 'Проверьте цифры.\nСпасибо!' }),
  'account-disconnected': () => ({
    accountNumber: '0104523',
    ownerChange: { day: '2026-11-15', paperId: randomUUID() },
  }),
  'privacy-received': () => ({ kind: 'withdrawal', dueOn: '2026-12-22' }),
  'privacy-settled': () => ({ done: true, note: 'Исправили.\nСпасибо!' }),
  'data-erased': () => ({ act: 7 }),
  'account-received': () => ({ accountNumber: '0104523', login: 'k7m4xp', since: '2026-11-15' }),
  'correction-settled': () => ({
    ...{ correction: randomUUID(), accountNumber: '0104523' },
    ...{ period: '2026-10', accepted: true },
  }),
  'staff-access': () => ({
    ...{ why: 'invited', login: 'k7m4xp', linkId: randomUUID() },
    roles: ['Оператор', 'Расчётчик'],
  }),
  test: () => ({}),
  'email-confirm': () => ({ changeId: randomUUID(), confirmBy: '2026-11-26T12:00:00.000Z' }),
  'contact-changed': () => ({
    ...{ changeId: randomUUID(), kind: 'email' },
    ...{ at: '2026-11-25T12:00:00.000Z', undoUntil: '2026-11-28T12:00:00.000Z' },
  }),
  'contact-undone': () => ({ kind: 'phone', login: 'k7m4xp', linkId: randomUUID(), digits: true }),
  'new-device': () => ({ at: '2026-11-25T12:00:00.000Z', device: 'Chrome, Windows' }),
  'password-changed': () => ({ at: '2026-11-25T12:00:00.000Z' }),
} satisfies Record<keyof typeof templates, () => object>

const letterOf = async (id: string) => (await db().select().from(letters).where(eq(letters.id, id)))[0]
const oweOne = (to = 'anna@example.ru') =>
  db().transaction((tx) => owe(tx, 'request-received', to, payloads['request-received']()))

/** Runs with other mail settings; the parsed environment is one object, so it is put back after. */
async function withMail(change: Partial<ReturnType<typeof env>>, work: () => Promise<void>): Promise<void> {
  const before = { ...env() }
  Object.assign(env(), change)
  try {
    await work()
  } finally {
    Object.assign(env(), before)
  }
}

for (const kind of Object.keys(payloads) as (keyof typeof payloads)[]) {
  test(`the letter ${kind} lies in the mailbox as .eml and .txt`, async () => {
    const payload = payloads[kind]()
    const id = await db().transaction((tx) => owe(tx, kind, 'anna@example.ru', payload as never))
    await sendLetter(id)
    const folder = path.join(env().DATA_DIR, 'mail')
    const [eml, txt] = readdirSync(folder)
      .filter((name) => name.includes(id))
      .sort()
    expect([eml, txt].map((name) => path.extname(name ?? ''))).toEqual(['.eml', '.txt'])
    const text = readFileSync(path.join(folder, txt ?? ''), 'utf8')
    expect(text).toContain('Кому: anna@example.ru')
    expect(text).toContain('(48153) 3-15-30')
    if ('login' in payload) expect(text).toContain('k7m4xp')
    if ('linkId' in payload)
      expect(text).toContain(
        `http://localhost:3999/personal/credentials/${linkToken(String(payload.linkId))}`,
      )
    if ('helperAccessId' in payload)
      expect(text).toContain(
        `http://localhost:3999/personal/helper/${invitationToken(String(payload.helperAccessId))}`,
      )
    if ('changeId' in payload) {
      const tokens = [contactToken(String(payload.changeId)), undoToken(String(payload.changeId))]
      expect(
        tokens.some(
          (token) => text.includes(`http://localhost:3999/personal/contacts/`) && text.includes(token),
        ),
      ).toBe(true)
    }
    expect(readFileSync(path.join(folder, eml ?? ''), 'utf8')).toContain(`Message-ID: <${id}@localhost>`)
    expect((await letterOf(id))?.sentAt).not.toBeNull()
  })
}

test('a letter goes by SMTP once, and a repeat after it was sent sends nothing', async () => {
  const taken: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _session, done) => {
      let text = ''
      stream.on('data', (part: Buffer) => {
        text += part.toString()
      })
      stream.on('end', () => {
        taken.push(text)
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  await withMail({ MAIL_TRANSPORT: 'smtp', SMTP_URL: `smtp://127.0.0.1:${port}` }, async () => {
    const id = await oweOne()
    await Promise.all([sendLetter(id), sendLetter(id), sendLetter(id)])
    await sendLetter(id)
    expect(taken).toHaveLength(1)
    expect(taken[0]).toContain(`<${id}@localhost>`)
  })
  await new Promise<void>((closed) => server.close(() => closed()))
})

test('a refused letter stays owed with its reason, and goes out on the next try', async () => {
  let refuse = true
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('451 later') : null),
    onData: (stream, _session, done) => {
      stream.resume()
      stream.on('end', () => done())
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  await withMail({ MAIL_TRANSPORT: 'smtp', SMTP_URL: `smtp://127.0.0.1:${port}` }, async () => {
    const id = await oweOne()
    await expect(sendLetter(id)).rejects.toThrow()
    expect(await letterOf(id)).toMatchObject({ sentAt: null, attempts: 1, lastError: 'EENVELOPE' })
    refuse = false
    await sendLetter(id)
    expect(await letterOf(id)).toMatchObject({ sentAt: expect.any(Date), attempts: 2, lastError: null })
  })
  await new Promise<void>((closed) => server.close(() => closed()))
})

test('Resend gets the letter’s id as its idempotency key; its refusal is no success', async () => {
  const calls: { key: string | undefined; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += String(part)
    calls.push({ key: String(request.headers['idempotency-key']), body })
    const refuse = calls.length === 1
    response.writeHead(refuse ? 429 : 200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(
        refuse ? { name: 'rate_limit_exceeded', message: 'slow', statusCode: 429 } : { id: 'x' },
      ),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  process.env.RESEND_BASE_URL = `http://127.0.0.1:${port}`
  await withMail({ MAIL_TRANSPORT: 'resend', RESEND_API_KEY: 're_test' }, async () => {
    const id = await oweOne()
    await expect(sendLetter(id)).rejects.toThrow()
    expect(await letterOf(id)).toMatchObject({ sentAt: null, lastError: 'rate_limit_exceeded' })
    await sendLetter(id)
    expect(calls.map((call) => call.key)).toEqual([id, id])
    expect(calls[1]?.body).toContain('anna@example.ru')
  })
  server.close()
})
