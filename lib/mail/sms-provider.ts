import { env } from '@/lib/env'
import { smsRu } from './sms-ru'

/** A text to be sent. `toPhone` is E.164. */
export interface TextToSend {
  toPhone: string
  body: string
}

/**
 * What became of a text handed to the provider. `refused`: never will be sent; `later`: was not taken, may be another time;
 * `unknown`: the answer was lost, so it may have been sent. `code` says why and holds nothing of the text.
 */
export type TextOutcome =
  | { kind: 'taken'; providerId: string }
  | { kind: 'refused' | 'later' | 'unknown'; code: string }

/** Who sends texts. */
export interface TextProvider {
  send: (text: TextToSend) => Promise<TextOutcome>
}

/** The provider of this service; undefined while nobody sends SMS. */
export function textProvider(): TextProvider | undefined {
  const { SMS, SMSRU_API_ID, SMSRU_URL } = env()
  return SMS === 'smsru' && SMSRU_API_ID ? smsRu({ apiId: SMSRU_API_ID, url: SMSRU_URL }) : undefined
}
