import { desc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import {
  accessRequests,
  consents,
  contactChanges,
  letters,
  messageChannels,
  passports,
  sessions,
  textMessages,
  users,
} from '@/db/schema'
import type { LetterKind } from '@/lib/mail/templates'
import { deviceWords } from '@/lib/session/device'
import type { Subscriber } from '@/lib/session/require'
import { formatDay, formatInstant, moscowDay } from '@/lib/units/day'
import { formatPhone } from '@/lib/units/phone'
import type { Fact } from './holdings'

/** What is held of the person themselves, as facts by category. */
export type PersonHoldings = Awaited<ReturnType<typeof personHoldings>>

/** Asks the domains of users, requests, sessions and letters what they hold of the subscriber. */
export async function personHoldings({ userId }: Subscriber) {
  const [user] = await db().select().from(users).where(eq(users.id, userId))
  if (!user) throw new Error('a subscriber without a user')
  const [requests, consentFacts, sessionFacts, contacts, letterFacts, choices] = await Promise.all([
    requestsOf(userId),
    consentsOf(userId),
    sessionsOf(userId),
    contactsOf(userId),
    lettersOf(user),
    choicesOf(userId),
  ])
  return {
    person: personFacts(user),
    requests,
    consents: consentFacts,
    sessions: sessionFacts,
    contacts,
    letters: letterFacts,
    choices,
  }
}

function personFacts(user: typeof users.$inferSelect): Fact[] {
  const name = [user.lastName, user.firstName, user.patronymic].filter(Boolean).join(' ')
  return [
    { name: 'Имя', value: name },
    { name: 'Логин', value: user.login },
    { name: 'Почта', value: user.email },
    ...(user.phone ? [{ name: 'Телефон', value: formatPhone(user.phone) }] : []),
    { name: 'Пароль', value: user.passwordHash ? 'хранится отпечаток, прочесть его нельзя' : 'не задан' },
    { name: 'С нами с', value: formatInstant(user.createdAt) },
  ]
}

async function requestsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select({ request: accessRequests, passport: passports })
    .from(accessRequests)
    .leftJoin(passports, eq(passports.requestId, accessRequests.id))
    .where(eq(accessRequests.userId, userId))
    .orderBy(desc(accessRequests.submittedAt))
  return found.flatMap(({ request, passport }) => {
    const of = `Заявка № ${request.number}`
    return [
      { name: of, value: `${formatInstant(request.submittedAt)}, счёт ${request.accountNumber}` },
      { name: `${of}: адрес регистрации`, value: request.registrationAddress },
      { name: `${of}: почтовый адрес`, value: request.postalAddress },
      { name: `${of}: почта и телефон`, value: `${request.email}, ${formatPhone(request.phone)}` },
      ...(request.meterSerial ? [{ name: `${of}: номер счётчика`, value: request.meterSerial }] : []),
      ...(passport ? [{ name: `${of}: паспорт`, value: passportWords(passport) }] : []),
    ]
  })
}

function passportWords({ lastDigits, erasedAt }: typeof passports.$inferSelect): string {
  const digits = lastDigits ? `номер оканчивается на ${lastDigits}` : 'номер'
  return erasedAt
    ? `${digits}; остальное удалено ${formatDay(moscowDay(erasedAt))}`
    : `${digits}; хранится зашифрованным, будет удалён после сверки`
}

const consentNames = {
  agreement: 'Пользовательское соглашение',
  personal_data: 'Обработка персональных данных',
  messages: 'Звонки, SMS и письма',
}

async function consentsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(consents)
    .where(eq(consents.userId, userId))
    .orderBy(desc(consents.givenAt))
  return found.map(({ kind, documentVersion, givenAt, withdrawnAt, address }) => ({
    name: consentNames[kind],
    value: [
      documentVersion === null ? '' : `редакция ${documentVersion}`,
      `дано ${formatInstant(givenAt)}`,
      address ? `с адреса ${address}` : '',
      withdrawnAt ? `отозвано ${formatInstant(withdrawnAt)}` : 'действует',
    ]
      .filter(Boolean)
      .join(', '),
  }))
}

async function sessionsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(sessions)
    .where(eq(sessions.userId, userId))
    .orderBy(desc(sessions.createdAt))
  return found.map(({ createdAt, lastSeenAt, address, device }) => ({
    name: `Вход ${formatInstant(createdAt)}`,
    value: `до ${formatInstant(lastSeenAt)}, адрес ${address || 'неизвестен'}, ${deviceWords(device) || 'устройство неизвестно'}`,
  }))
}

async function contactsOf(userId: string): Promise<Fact[]> {
  const found = await db()
    .select()
    .from(contactChanges)
    .where(eq(contactChanges.userId, userId))
    .orderBy(desc(contactChanges.askedAt))
  return found.map(({ kind, askedAt, oldValue, newValue }) => ({
    name: `${kind === 'email' ? 'Почта' : 'Телефон'}, ${formatInstant(askedAt)}`,
    value: `${oldValue ?? '—'} → ${newValue}`,
  }))
}

async function lettersOf({ email, phone }: { email: string; phone: string | null }): Promise<Fact[]> {
  const written = await db()
    .select({ kind: letters.kind, createdAt: letters.createdAt, sentAt: letters.sentAt })
    .from(letters)
    .where(eq(sql`lower(${letters.toEmail})`, email.toLowerCase()))
    .orderBy(desc(letters.createdAt))
  const texts = phone ? await db().select().from(textMessages).where(eq(textMessages.toPhone, phone)) : []
  return [
    ...written.map(({ kind, createdAt, sentAt }) => ({
      name: `Письмо ${formatInstant(createdAt)}`,
      value: `${letterNames[kind] ?? kind}${sentAt ? '' : ', ещё не отправлено'}`,
    })),
    ...texts.map(({ createdAt }) => ({ name: `SMS ${formatInstant(createdAt)}`, value: 'на ваш телефон' })),
  ]
}

const letterNames: Readonly<Record<string, string>> = {
  'request-received': 'заявка получена',
  'request-refused': 'ответ на заявку',
  'access-granted': 'доступ открыт',
  'account-added': 'добавлен счёт',
  'account-received': 'добавлен счёт',
  'account-disconnected': 'счёт отключён',
  'password-recovery': 'ссылка для пароля',
  'password-changed': 'пароль изменён',
  'access-restored': 'доступ возвращён',
  'new-device': 'вход с нового устройства',
  'email-confirm': 'подтверждение новой почты',
  'contact-changed': 'изменена почта или телефон',
  'contact-undone': 'изменение почты или телефона отменено',
  'bill-ready': 'новая квитанция',
  'enquiry-answered': 'ответ на обращение',
  'feedback-answered': 'ответ на обращение',
  'readings-slip': 'талон показаний',
  'readings-reminder': 'напоминание о показаниях',
  'reading-question': 'вопрос о показании',
  'correction-settled': 'ответ об исправлении показаний',
  'verification-reminder': 'напоминание о поверке',
  'payment-received': 'платёж принят',
  'payment-returned': 'деньги возвращены',
  notice: 'объявление',
  'helper-invited': 'приглашение помощника',
  'helper-welcome': 'логин помощника',
  'helper-accepted': 'помощник принял приглашение',
  'privacy-received': 'просьба о данных получена',
  'privacy-settled': 'ответ на просьбу о данных',
  'data-erased': 'данные уничтожены',
  'staff-access': 'доступ сотрудника',
  test: 'пробное письмо',
} satisfies Record<LetterKind, string>

const messageNames = { bills: 'квитанции', readings: 'показания', payments: 'платежи', notices: 'объявления' }

async function choicesOf(userId: string): Promise<Fact[]> {
  const found = await db().select().from(messageChannels).where(eq(messageChannels.userId, userId))
  return found.map(({ kind, email, sms }) => ({
    name: `Про ${messageNames[kind]}`,
    value: [email ? 'письмом' : '', sms ? 'по SMS' : ''].filter(Boolean).join(' и ') || 'не писать',
  }))
}
