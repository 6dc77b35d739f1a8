import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import nodemailer from 'nodemailer'
import { Resend } from 'resend'
import { env } from '@/lib/env'

/** A letter ready to go. `id` makes the Message-ID, so a repeat after a crash is the same message. */
export interface Message {
  id: string
  createdAt: Date
  to: string
  subject: string
  html: string
  text: string
}

/**
 * Hands a letter to the configured transport: SMTP, Resend, or the file mailbox `DATA_DIR/mail`.
 * @throws when the transport did not take it; the job then tries again
 */
export async function send(message: Message): Promise<void> {
  const transport = env().MAIL_TRANSPORT
  if (transport === 'smtp') return sendBySmtp(message)
  if (transport === 'resend') return sendByResend(message)
  return sendToFile(message)
}

async function sendBySmtp(message: Message): Promise<void> {
  const transporter = nodemailer.createTransport({
    url: env().SMTP_URL,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  try {
    await transporter.sendMail(envelope(message))
  } finally {
    transporter.close()
  }
}

async function sendByResend(message: Message): Promise<void> {
  const { to, subject, html, text } = message
  const { error } = await new Resend(env().RESEND_API_KEY).emails.send(
    { from: env().MAIL_FROM, to, subject, html, text },
    { idempotencyKey: message.id },
  )
  if (error) throw Object.assign(new Error('resend refused the letter'), { code: error.name })
}

async function sendToFile(message: Message): Promise<void> {
  const folder = path.resolve(env().DATA_DIR, 'mail')
  await mkdir(folder, { recursive: true })
  const composed = await nodemailer
    .createTransport({ streamTransport: true, buffer: true, newline: 'unix' })
    .sendMail(envelope(message))
  const stamp = message.createdAt.toISOString().replaceAll(':', '-').slice(0, 19)
  const name = path.join(folder, `${stamp}-${message.id}`)
  await writeWhole(`${name}.txt`, letterAsText(message))
  await writeWhole(`${name}.eml`, composed.message)
}

function envelope(message: Message) {
  const { to, subject, html, text, createdAt } = message
  const host = new URL(env().PUBLIC_URL).hostname
  return {
    from: env().MAIL_FROM,
    to,
    subject,
    html,
    text,
    date: createdAt,
    messageId: `<${message.id}@${host}>`,
  }
}

function letterAsText(message: Message): string {
  return `Кому: ${message.to}\nТема: ${message.subject}\n\n${message.text}\n`
}

async function writeWhole(file: string, content: string | Buffer | NodeJS.ReadableStream): Promise<void> {
  await writeFile(`${file}.part`, content, { mode: 0o600 })
  await rename(`${file}.part`, file)
}
