import { billReady } from './bill'
import { contactChanged, contactUndone, emailConfirm } from './contacts'
import { correctionSettled } from './corrections'
import { accessGranted, accessRestored, accountAdded, passwordRecovery } from './credentials'
import { enquiryAnswered, feedbackAnswered } from './enquiries'
import { helperAccepted, helperInvited, helperWelcome } from './helpers'
import { accountDisconnected, accountReceived } from './holders'
import { noticeLetter } from './notices'
import { paymentReceived, paymentReturned } from './payments'
import { dataErased, privacyReceived, privacySettled } from './privacy'
import { readingQuestion } from './reading-question'
import { readingsSlipLetter } from './readings'
import { readingsReminder, verificationReminder } from './reminders'
import { requestReceived, requestRefused } from './requests'
import { newDevice, passwordChanged } from './security'
import { staffAccess } from './staff'
import { testLetter } from './test'

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
  'feedback-answered': feedbackAnswered,
  'readings-slip': readingsSlipLetter,
  'readings-reminder': readingsReminder,
  'verification-reminder': verificationReminder,
  'helper-invited': helperInvited,
  'helper-welcome': helperWelcome,
  'helper-accepted': helperAccepted,
  'payment-received': paymentReceived,
  'payment-returned': paymentReturned,
  'correction-settled': correctionSettled,
  'reading-question': readingQuestion,
  'staff-access': staffAccess,
  test: testLetter,
  'email-confirm': emailConfirm,
  'contact-changed': contactChanged,
  'contact-undone': contactUndone,
  'new-device': newDevice,
  'password-changed': passwordChanged,
  notice: noticeLetter,
  'privacy-received': privacyReceived,
  'privacy-settled': privacySettled,
  'data-erased': dataErased,
  'account-disconnected': accountDisconnected,
  'account-received': accountReceived,
} as const

export type LetterKind = keyof typeof templates
