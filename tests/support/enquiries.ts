import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import * as commands from '@/lib/enquiries/commands'
import { openFeedback } from '@/lib/enquiries/feedback'
import { sentFeedback } from '@/lib/enquiries/queries'
import type { FeedbackInput } from '@/lib/enquiries/schema'
import * as byStaff from '@/lib/enquiries/staff-commands'
import type { Staff, Subscriber } from '@/lib/session/require'

type Words = { number: number; text: string; files?: File[] }

/** An answer of staff, without files unless named. */
export function answerEnquiry(staff: Staff, words: Words, now: Date) {
  return byStaff.answerEnquiry(staff, { files: [], ...words }, now)
}

/** A further message of the person, without files unless named. */
export function continueEnquiry(subscriber: Subscriber, words: Words, now: Date) {
  return commands.continueEnquiry(subscriber, { files: [], ...words }, now)
}

/** What somebody without a login sends. */
export function feedback(values: Partial<FeedbackInput> = {}): FeedbackInput {
  const words = { subject: 'Протекает крыша', text: 'Дом 7, третий подъезд.' }
  return { sendingKey: randomUUID(), ...words, name: '', email: '', phone: '', files: [], ...values }
}

/** Sends it from an address of its own; its number. */
export async function sendFeedback(values: Partial<FeedbackInput> = {}, now = new Date()): Promise<number> {
  const input = feedback(values)
  const result = await openFeedback(input, randomUUID(), now)
  const sent = await sentFeedback(input.sendingKey)
  if (result.status !== 'ok' || !sent) throw new Error('not sent')
  return sent.number
}

/** A picture with the place it was taken at in it. */
export async function photoFile(name = 'снимок.png'): Promise<File> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#0a5a8c' } })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '54/1 9/1 0/1' } })
    .png()
    .toBuffer()
  return new File([new Uint8Array(bytes)], name, { type: 'text/html' })
}

/** The smallest thing that calls itself a PDF. */
export function pdfFile(name = 'акт.pdf'): File {
  return new File(['%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF'], name)
}
