import { billReady } from './bill'
import { accessGranted, accessRestored, accountAdded, passwordRecovery } from './credentials'
import { enquiryAnswered } from './enquiries'
import { readingsSlipLetter } from './readings'
import { requestReceived, requestRefused } from './requests'

/** Every kind of letter the service writes. */
export const templates = {
  'request-received': requestReceived,
  'request-refused': requestRefused,
  'access-granted': accessGranted,
  'account-added': accountAdded,
  'password-recovery': passwordRecovery,
  'access-restored': accessRestored,
  'bill-ready': billReady,
  'enquiry-answered': enquiryAnswered,
  'readings-slip': readingsSlipLetter,
} as const

export type LetterKind = keyof typeof templates
