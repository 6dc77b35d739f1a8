import type { TaskList } from 'graphile-worker'
import { forgetOldFiles } from '@/lib/exchange/commands'
import { jobs } from '@/lib/jobs/catalogue'
import { logEvent } from '@/lib/log'
import { sendLetter } from '@/lib/mail/commands'
import { erasePassportsDue } from '@/lib/requests/disclosure'

/** What each job of the catalogue does. */
export const tasks: TaskList = {
  'send-letter': async (payload) => sendLetter(jobs['send-letter'].parse(payload).letterId),
  'erase-passports': async () => {
    const count = await erasePassportsDue(new Date())
    logEvent('passports erased', { count })
  },
  'forget-files': forgetOldFiles,
}

/** Nightly work, in cron's words (UTC): 00:10, which is 03:10 in Moscow. A missed night is made up for. */
export const crontab = '10 0 * * * erase-passports ?fill=1d\n20 0 * * * forget-files ?fill=1d'
