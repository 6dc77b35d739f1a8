import type { TaskList } from 'graphile-worker'
import { db } from '@/db/client'
import { raiseSuspicions } from '@/lib/access/suspicion-look'
import { sealAudit } from '@/lib/audit/seal'
import { checkImport, forgetOldFiles, loadImport, undoImport } from '@/lib/exchange/commands'
import { actorOf, isAsked } from '@/lib/exchange/queries'
import { isOutage } from '@/lib/exchange/work'
import { verifyWhole } from '@/lib/inspection/commands'
import { jobs } from '@/lib/jobs/catalogue'
import { logEvent } from '@/lib/log'
import { sendLetter } from '@/lib/mail/commands'
import { sendText } from '@/lib/mail/send-text'
import { deliverNotice } from '@/lib/notices/deliver'
import { remindOfReadings } from '@/lib/notices/readings-reminders'
import { remindOfVerification } from '@/lib/notices/verification-reminders'
import { askAbout } from '@/lib/payments/ask'
import { askRefund } from '@/lib/payments/ask-refund'
import { forgetNotifications, takeNotification } from '@/lib/payments/notifications'
import { reconcile } from '@/lib/payments/reconciliation'
import { applyRetention } from '@/lib/privacy/retain'
import { reckonTypicalUse } from '@/lib/readings/typical'

/** What each job of the catalogue does, but for the exchange. */
export const tasks: TaskList = {
  'send-letter': async (payload) => sendLetter(jobs['send-letter'].parse(payload).letterId),
  'send-text': async (payload) => sendText(jobs['send-text'].parse(payload).textId, new Date()),
  'deliver-notice': async (payload) => {
    const count = await deliverNotice(jobs['deliver-notice'].parse(payload).noticeId, new Date())
    logEvent('messages of a notice owed', { count })
  },
  'apply-retention': async () => {
    const destroyed = await applyRetention(new Date())
    const count = Object.values(destroyed).reduce((sum, one) => sum + one, 0)
    logEvent('past retention erased', { count })
  },
  'forget-files': forgetOldFiles,
  'remind-of-readings': async () => {
    const count = await remindOfReadings(new Date())
    logEvent('reminded of readings', { count })
  },
  'remind-of-verification': async () => {
    const count = await remindOfVerification(new Date())
    logEvent('reminded of verification', { count })
  },
  'look-for-suspicions': async () => {
    await raiseSuspicions(new Date())
  },
  'ask-payment': async (payload) => {
    await askAbout(jobs['ask-payment'].parse(payload).paymentId, 'job', new Date())
  },
  'ask-refund': async (payload) => {
    await askRefund(jobs['ask-refund'].parse(payload).refundId, new Date())
  },
  'take-notification': async (payload) =>
    takeNotification(jobs['take-notification'].parse(payload).notificationId, new Date()),
  'forget-notifications': async () => forgetNotifications(new Date()),
  'reconcile-payments': async () => {
    await reconcile(new Date())
  },
  'seal-audit': async () => {
    await sealAudit()
  },
  'verify-audit': () => verifyWhole(new Date()),
  'reckon-typical-use': () => reckonTypicalUse(new Date()),
}

/**
 * Work on uploads, done by a process of its own. A job that comes again after its work is settled does nothing; what
 * went wrong is told on the upload's page, so only an outage is worth another try.
 */
export const exchangeTasks: TaskList = {
  'check-import': async (payload) => {
    const { importId } = jobs['check-import'].parse(payload)
    if (await isAsked(importId, 'checking')) await settled(checkImport(importId))
  },
  'load-import': async (payload) => {
    const { importId, withoutRejects, userId, address } = jobs['load-import'].parse(payload)
    const actor = await actorOf(db(), userId, address)
    if (await isAsked(importId, 'loading')) await settled(loadImport(actor, importId, { withoutRejects }))
  },
  'undo-import': async (payload) => {
    const { importId, userId, address } = jobs['undo-import'].parse(payload)
    const actor = await actorOf(db(), userId, address)
    if (await isAsked(importId, 'undoing')) await settled(undoImport(actor, importId))
  },
}

async function settled(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (isOutage(error)) throw error
  }
}

/**
 * Work by the clock, in cron's words (UTC, Moscow is three hours ahead). Nightly work missed is made up for within a day;
 * reminders go out at nine in the morning, or when the service is back, the same day still.
 */
export const crontab = [
  '10 0 * * * apply-retention ?fill=1d',
  '20 0 * * * forget-files ?fill=1d',
  '30 0 * * * reckon-typical-use ?fill=1d',
  '0 6 * * * remind-of-readings ?fill=14h',
  '5 6 * * * remind-of-verification ?fill=14h',
  '40 0 * * * forget-notifications ?fill=1d',
  '*/5 * * * * seal-audit',
  '50 0 * * * verify-audit ?fill=1d',
  '0 2 * * * reconcile-payments ?fill=1d',
  '*/15 * * * * look-for-suspicions',
].join('\n')
